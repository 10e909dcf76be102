import type { GatewayError } from '../chat/errors/gateway-error.ts';
import { toGatewayError } from '../chat/errors/internal-error.ts';
import { writeOpenAiError } from '../dialects/openai-chat/error-body.ts';
import { eventStreamResponse, type HttpResponse } from '../http/http-response.ts';
import { isLate } from '../relay/is-late.ts';
import type { StreamingOptions } from '../relay/respond-streamed.ts';
import type { FinishedPicture } from './finish-picture.ts';
import type { ImageOrder } from './image-order.ts';
import type { Outcome } from './make-several.ts';
import { pictureFacts } from './picture-facts.ts';
import type { PicturesUnderWay } from './picture-maker.ts';
import { pictureUsage } from './picture-usage.ts';

/** Of the ways to keep this stream alive, only a comment means nothing to OpenAI's clients (client-apis C.1). */
const idle = ': keep-alive\n\n';

/**
 * Streams the pictures of an order, each as soon as it is there. The upstream shows nothing of a picture before it is
 * done, so there are no partial ones. The status waits for the first picture, at most for `holdFor`.
 *
 * @throws GatewayError while the status is held back.
 */
export async function streamPictures(
  order: ImageOrder,
  { outcomes, headers, abandon }: PicturesUnderWay,
  { holdFor, idleAfter }: StreamingOptions,
  onFailure: (error: unknown) => void,
): Promise<HttpResponse> {
  const pictures = picturesThenError(outcomes);
  const first = pictures.next();
  const openEarly = await isLate(first, holdFor);
  const pieces = writePieces(order, { first, rest: pictures }, openEarly, onFailure);
  return eventStreamResponse({ pieces, idle: () => idle, idleAfter, abandon }, headers);
}

/** A failure among others is told last, so that it costs nobody a picture. */
async function* picturesThenError(
  outcomes: AsyncIterable<Outcome<FinishedPicture>>,
): AsyncGenerator<FinishedPicture, void, undefined> {
  let failure: GatewayError | undefined;
  for await (const outcome of outcomes) {
    if ('made' in outcome) yield outcome.made;
    else failure ??= outcome.error;
  }
  if (failure !== undefined) throw failure;
}

interface Pictures {
  readonly first: Promise<IteratorResult<FinishedPicture, void>>;
  readonly rest: AsyncGenerator<FinishedPicture, void, undefined>;
}

async function* writePieces(
  order: ImageOrder,
  { first, rest }: Pictures,
  openEarly: boolean,
  onFailure: (error: unknown) => void,
): AsyncGenerator<string, void, undefined> {
  if (openEarly) yield idle;
  try {
    const { value } = await first;
    if (value !== undefined) yield completed(order, value);
    for await (const picture of rest) yield completed(order, picture);
  } catch (error) {
    onFailure(error);
    yield `event: error\ndata: ${JSON.stringify(writeOpenAiError(toGatewayError(error)))}\n\n`;
  }
}

function completed(order: ImageOrder, picture: FinishedPicture): string {
  const type = `${order.kind}.completed`;
  const usage = pictureUsage([picture.usage]);
  const event = {
    type,
    ...picture.content,
    created_at: Math.floor(Date.now() / 1000),
    ...pictureFacts(order, picture),
    ...(order.isRevised && { revised_prompt: order.prompt }),
    ...(usage && { usage }),
  };
  return `event: ${type}\ndata: ${JSON.stringify(event)}\n\n`;
}
