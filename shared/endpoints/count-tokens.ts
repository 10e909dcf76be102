import type { ChatRequest } from '../chat/request.ts';
import type { RouteHandler } from '../http/endpoint.ts';
import { jsonResponse } from '../http/http-response.ts';
import type { Call } from '../http/invocation.ts';

/** How the tokens of a request are counted. Never asks the upstream. */
export type CountRequest = (request: ChatRequest) => Promise<number>;

/** How one dialect asks for a count, and how it is told. */
export interface CountForm {
  /** @throws InvalidRequestError naming the field. */
  read(call: Call): ChatRequest | Promise<ChatRequest>;
  write(tokens: number): object;
}

/** Counts the tokens of a request that is not sent. Any name of a model will do: all are counted alike. */
export function createCountTokens(count: CountRequest, { read, write }: CountForm): RouteHandler {
  return async (call) => {
    const tokens = await count(await read(call));
    call.note({ tokens });
    return jsonResponse(write(tokens));
  };
}
