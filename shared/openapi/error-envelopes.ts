import type { DialectName } from '../chat/dialect.ts';
import { anyObject, type JsonSchema, listOf, named, object, only, orNull, text } from './json-schema.ts';

/** OpenAI's form, also of errors within a stream. */
export const openAiError = named(
  'OpenAiError',
  object({ error: object({ message: text, type: text, param: orNull(text), code: text }) }),
);

export const anthropicError = named(
  'AnthropicError',
  object({
    type: only('error'),
    error: object({ type: text, message: text }, { details: anyObject }),
    request_id: text,
  }),
);

export const geminiError = named(
  'GeminiError',
  object({
    error: object({ code: { type: 'integer' }, message: text, status: text, details: listOf(anyObject) }),
  }),
);

const envelopes: Readonly<Record<DialectName, JsonSchema>> = {
  'openai-chat': openAiError,
  'openai-responses': openAiError,
  native: openAiError,
  anthropic: anthropicError,
  gemini: geminiError,
};

/** An error in one dialect's form that has one of these codes, where the form has a place for codes. */
export function errorSchema(dialect: DialectName, codes: readonly string[]): JsonSchema {
  const envelope = envelopes[dialect];
  if (dialect === 'anthropic') return envelope;
  const code = { enum: codes };
  const narrowed =
    dialect === 'gemini' ? { details: { contains: { properties: { reason: code }, required: ['reason'] } } } : { code };
  return { allOf: [envelope, { properties: { error: { properties: narrowed } } }] };
}
