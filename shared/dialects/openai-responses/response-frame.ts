import type { AnswerIdentity } from '../../chat/dialect.ts';
import { responseId } from './item-id.ts';
import type { ResponsesBody } from './request-body.ts';

/** The fields of a response that its request decides. */
export interface ResponseFrame {
  readonly id: string;
  readonly model: string;
  readonly [field: string]: unknown;
}

/**
 * Makes the part of a response that never changes (client-apis C.1). What OpenAI has a default for and the client left
 * out reads as that default.
 *
 * @param sent the body as it came, for what is shown unchanged.
 */
export function makeResponseFrame(
  body: ResponsesBody,
  sent: Readonly<Record<string, unknown>>,
  identity: AnswerIdentity,
): ResponseFrame {
  return {
    id: responseId(identity.id),
    object: 'response',
    created_at: identity.createdAt,
    model: identity.model,
    background: body.background ?? false,
    instructions: body.instructions ?? null,
    max_output_tokens: body.max_output_tokens ?? null,
    metadata: body.metadata ?? {},
    parallel_tool_calls: body.parallel_tool_calls ?? true,
    previous_response_id: body.previous_response_id ?? null,
    prompt_cache_key: body.prompt_cache_key ?? null,
    reasoning: { effort: body.reasoning?.effort ?? null, summary: body.reasoning?.summary ?? null },
    safety_identifier: body.safety_identifier ?? null,
    service_tier: body.service_tier ?? 'default',
    store: body.store ?? true,
    temperature: body.temperature ?? null,
    text: sent.text ?? { format: { type: 'text' } },
    tool_choice: sent.tool_choice ?? 'auto',
    tools: sent.tools ?? [],
    top_p: body.top_p ?? null,
    truncation: body.truncation ?? 'disabled',
    user: body.user ?? null,
  };
}
