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

/** Writes an error in OpenAI's envelope: as a body, or within a stream. The request id goes into a header. */
export function writeOpenAiError(error: GatewayError): OpenAiErrorBody {
  return {
    error: { message: error.message, type: error.type, param: error.param ?? null, code: error.code },
  };
}
