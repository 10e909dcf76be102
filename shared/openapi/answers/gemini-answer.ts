import { anyObject, anyOf, type JsonSchema, listOf, named, object, oneOf, only, text } from '../json-schema.ts';
import { geminiUsage } from './usage.ts';

const part = anyOf(
  object({ text }, { thought: only(true) }),
  object({ functionCall: object({ id: text, name: text, args: anyObject }) }),
);

const candidate = object(
  { content: object({ parts: listOf(part), role: only('model') }), index: only(0) },
  {
    finishReason: oneOf('STOP', 'MAX_TOKENS', 'SAFETY'),
    groundingMetadata: object({ groundingChunks: listOf(object({ web: object({ uri: text, title: text }) })) }),
  },
);

/** A whole answer in Google's form, and each chunk of a streamed one. */
export const geminiAnswer: JsonSchema = named(
  'GenerateContentResponse',
  object({ candidates: listOf(candidate), modelVersion: text, responseId: text }, { usageMetadata: geminiUsage }),
);
