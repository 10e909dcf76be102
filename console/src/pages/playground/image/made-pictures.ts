import type { ServerEvent } from '../../../api/event-stream.ts';
import { brokenError, readErrorBody } from '../../../api/gateway-error.ts';

/** A picture that was made. */
export interface MadePicture {
  /** A data URL. */
  readonly url: string;
  readonly format: string;
  readonly size: string | undefined;
  /** The whole that was asked for, where more than the prompt was. */
  readonly revisedPrompt: string | undefined;
}

interface Completed {
  readonly b64_json?: string;
  readonly output_format?: string;
  readonly size?: string;
  readonly revised_prompt?: string;
}

/**
 * The pictures of a stream as they come.
 *
 * @throws GatewayError in the words of the stream, after those that came; and when it ends without any.
 */
export async function* madePictures(events: AsyncIterable<ServerEvent>): AsyncGenerator<MadePicture, void, undefined> {
  let isEmpty = true;
  for await (const { event, data } of events) {
    if (event === 'error') throw readErrorBody(JSON.parse(data));
    if (!event.endsWith('.completed')) continue;
    const { b64_json, output_format: format = 'png', size, revised_prompt }: Completed = JSON.parse(data);
    if (b64_json === undefined) continue;
    isEmpty = false;
    yield { url: `data:image/${format};base64,${b64_json}`, format, size, revisedPrompt: revised_prompt };
  }
  if (isEmpty) throw brokenError();
}
