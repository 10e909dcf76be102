import { toResponseHead } from '../front-door/response-head.ts';
import { ResponseStream } from './response-stream.ts';

/**
 * Gives functions the global `awslambda` that Lambda's Node runtime has. To be called before a function's bundle is
 * imported. It holds no state, so all functions of a process share it.
 */
export function installAwslambda(): void {
  Object.assign(globalThis, { awslambda: { streamifyResponse, HttpResponseStream: { from } } });
}

/** Lambda marks the handler here; in this process every handler is taken as a streaming one. */
function streamifyResponse<Handler>(handler: Handler): Handler {
  return handler;
}

function from(stream: unknown, metadata: unknown): ResponseStream {
  if (!(stream instanceof ResponseStream))
    throw new TypeError('HttpResponseStream.from takes the stream that the handler got.');
  stream.setHead(toResponseHead(metadata));
  return stream;
}
