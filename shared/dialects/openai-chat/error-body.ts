import type { GatewayError } from '../../chat/errors/gateway-error.ts';

/** OpenAI's error envelope; its SDKs need all four fields (clients §4). */
export interface OpenAiErrorBody {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string;
  };
}

/** What OpenAI calls a failure of its own. By this word opencode knows a broken stream that is worth a repetition. */
const serverError = 'server_error';

/** Writes an error in OpenAI's envelope: as a body, or within a stream. The request id goes into a header. */
export function writeOpenAiError(error: GatewayError): OpenAiErrorBody {
  const { message, type, param = null, code } = error;
  return { error: { message, type: type === 'api_error' ? serverError : type, param, code } };
}
