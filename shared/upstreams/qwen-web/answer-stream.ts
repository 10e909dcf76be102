import type { Readable } from 'node:stream';
import type { ChatEvents } from '../../chat/event.ts';
import type { AnswerReader } from './answer-reader.ts';
import { SseLines } from './sse-lines.ts';
import { transportError } from './transport-error.ts';

/** How long a finished answer's connection may take to close by itself, which makes it fit for another call. */
const closingMilliseconds = 2000;

/**
 * Reads the body of a completion into events: one batch for each read of the network that held some. Leaving the
 * iteration before the answer has ended closes the connection.
 *
 * @param reader fresh, for this answer alone.
 * @param signal the call's; aborting it breaks the stream.
 * @throws GatewayError when the answer breaks, after the events that came before.
 */
export async function* readAnswer(body: Readable, reader: AnswerReader, signal: AbortSignal): ChatEvents {
  const lines = new SseLines(reader);
  // Failures reach us through the iteration; without a listener, a late one would end the process.
  body.on('error', () => {});
  try {
    for await (const bytes of body.iterator({ destroyOnReturn: false })) {
      if (!Buffer.isBuffer(bytes)) continue;
      lines.push(bytes);
      const batch = reader.take();
      if (batch.length > 0) yield batch;
      if (reader.failure !== undefined || reader.isFinished) break;
    }
    lines.end();
    reader.close();
  } catch (error) {
    reader.close(transportError(error, signal));
  } finally {
    if (reader.isFinished) letClose(body);
    else body.destroy();
  }
  const rest = reader.take();
  if (rest.length > 0) yield rest;
  if (reader.failure !== undefined) throw reader.failure;
}

/** Reads the rest, of which nothing matters, so that the connection can be used again. */
function letClose(body: Readable): void {
  if (body.destroyed || body.readableEnded) return;
  const timer = setTimeout(() => body.destroy(), closingMilliseconds);
  timer.unref();
  body.once('close', () => clearTimeout(timer));
  body.resume();
}
