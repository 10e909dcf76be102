import type { ChatEvents } from '../../chat/event.ts';
import type { AnswerReader } from './answer-reader.ts';
import type { ResponseBody } from './response-body.ts';
import { SseLines } from './sse-lines.ts';
import { transportError } from './transport-error.ts';

/** How long a finished answer's connection may take to close by itself, which makes it fit for another call. */
const closingMilliseconds = 2000;

/**
 * Reads the body of a completion into events: one batch for the reads of the network that came together and held some.
 * Leaving the iteration before the answer has ended closes the connection.
 *
 * @param reader fresh, for this answer alone.
 * @param signal the call's; aborting it breaks the stream.
 * @throws GatewayError when the answer breaks, after the events that came before.
 */
export async function* readAnswer(body: ResponseBody, reader: AnswerReader, signal: AbortSignal): ChatEvents {
  const lines = new SseLines(reader);
  try {
    for (let reads = await body.next(); reads !== undefined; reads = await body.next()) {
      for (const bytes of reads) lines.push(bytes);
      const batch = reader.take();
      if (batch.length > 0) yield batch;
      if (reader.failure !== undefined || reader.isFinished) break;
    }
    lines.end();
    reader.close();
  } catch (error) {
    reader.close(transportError(error, signal));
  } finally {
    if (reader.isFinished) body.release(closingMilliseconds);
    else body.close();
  }
  const rest = reader.take();
  if (rest.length > 0) yield rest;
  if (reader.failure !== undefined) throw reader.failure;
}
