import type { ResponsesRequest } from '../dialects/openai-responses/read-request.ts';
import type { ResponseObject } from '../dialects/openai-responses/response-state.ts';

/** A request whose answer can be looked at while it is written. */
export interface CapturedRequest {
  readonly request: ResponsesRequest;
  /** The response as it is now; `undefined` before anything was written of it. */
  readonly response: () => ResponseObject | undefined;
}

/** Keeps hold of the newest writer: an answer that is tried again gets a new one. */
export function captureResponse(read: ResponsesRequest): CapturedRequest {
  let newest: { response(): ResponseObject } | undefined;
  const keep = <Writer extends { response(): ResponseObject }>(writer: Writer): Writer => {
    newest = writer;
    return writer;
  };
  return {
    request: {
      ...read,
      streamWriter: (identity) => keep(read.streamWriter(identity)),
      wholeWriter: (identity) => keep(read.wholeWriter(identity)),
    },
    response: () => newest?.response(),
  };
}
