import type { GatewayError } from '../chat/errors/gateway-error.ts';
import { InternalError } from '../chat/errors/internal-error.ts';
import { writeOpenAiError } from '../dialects/openai-chat/error-body.ts';
import { type HttpResponse, jsonResponse } from '../http/http-response.ts';
import type { FinishedPicture } from './finish-picture.ts';
import type { ImageOrder } from './image-order.ts';
import type { Outcome } from './make-several.ts';
import { pictureFacts } from './picture-facts.ts';
import type { PicturesUnderWay } from './picture-maker.ts';
import { pictureUsage } from './picture-usage.ts';

/**
 * Answers with all pictures of an order at once. When only some could be made, these are the answer, and `errors` tells
 * of each of the others.
 *
 * @throws GatewayError when there is none.
 */
export async function respondPictures(
  order: ImageOrder,
  { outcomes, headers }: PicturesUnderWay,
): Promise<HttpResponse> {
  const done: Outcome<FinishedPicture>[] = [];
  for await (const outcome of outcomes) done.push(outcome);
  done.sort((one, other) => one.index - other.index);
  const pictures = done.flatMap((outcome) => ('made' in outcome ? [outcome.made] : []));
  const failures = done.flatMap((outcome) => ('error' in outcome ? [outcome] : []));
  if (pictures.length === 0) throw failures[0]?.error ?? new InternalError(new Error('No picture, and no reason.'));
  const usage = pictureUsage(pictures.map((picture) => picture.usage));
  const body = {
    created: Math.floor(Date.now() / 1000),
    data: pictures.map(({ content }) => ({ ...content, ...(order.isRevised && { revised_prompt: order.prompt }) })),
    ...pictureFacts(order, pictures[0]),
    ...(usage && { usage }),
    ...(failures.length > 0 && { errors: failures.map(({ index, error }) => ({ index, ...failureBody(error) })) }),
  };
  return jsonResponse(body, 200, headers);
}

function failureBody(error: GatewayError): object {
  const { retryAfterSeconds } = error;
  return {
    ...writeOpenAiError(error).error,
    ...(retryAfterSeconds !== undefined && { retry_after: Math.ceil(retryAfterSeconds) }),
  };
}
