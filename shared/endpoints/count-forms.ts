import type { ChatDialect } from '../chat/dialect.ts';
import type { ChatRequest } from '../chat/request.ts';
import type { Call } from '../http/invocation.ts';
import type { CountForm } from './count-tokens.ts';

/** `POST /v1/messages/count_tokens` (client-apis C.2): a body of `POST /v1/messages`, which needs no `max_tokens` here. */
export function anthropicCount(dialect: ChatDialect): CountForm {
  return {
    read: (call) => dialect.read(call.body, call).request,
    write: (tokens) => ({ input_tokens: tokens }),
  };
}

/**
 * `POST /v1/responses/input_tokens` (client-apis C.1): a body of `POST /v1/responses` of which every field may be absent.
 *
 * @param read reads the body together with what its `previous_response_id` stands for.
 */
export function responsesCount(read: (body: unknown, call: Call) => Promise<ChatRequest>): CountForm {
  return {
    read: (call) => read(withDefaults(call.body, { model: 'any', input: '' }), call),
    write: (tokens) => ({ object: 'response.input_tokens', input_tokens: tokens }),
  };
}

/** `…/models/{model}:countTokens` (client-apis C.3): contents, or a whole request under `generateContentRequest`. */
export function geminiCount(dialect: ChatDialect): CountForm {
  return {
    read: (call) => dialect.read(generateContentRequest(call.body), call).request,
    write: (tokens) => ({
      totalTokens: tokens,
      promptTokensDetails: [{ modality: 'TEXT', tokenCount: tokens }],
    }),
  };
}

function generateContentRequest(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  return Reflect.get(body, 'generateContentRequest') ?? Reflect.get(body, 'generate_content_request') ?? body;
}

/** Fields that are `null` count as absent. */
function withDefaults(body: unknown, defaults: Readonly<Record<string, unknown>>): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const given = Object.entries(body).filter(([, value]) => value !== null);
  return { ...defaults, ...Object.fromEntries(given) };
}
