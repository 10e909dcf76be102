import type { AnswerFormat } from '../../chat/request.ts';

/** In place of an instruction that stands in the transcript, because it is long. */
export const formatHint = 'Answer with bare JSON only, in the form that the last instructions ask for.';

/**
 * The upstream has no switch for JSON answers, so the model is asked for them.
 *
 * @returns words for the end of the message; `''` for plain text.
 */
export function formatInstruction(format: AnswerFormat): string {
  if (format.type === 'text') return '';
  const bareJson =
    'Answer with bare JSON only: one JSON value, without a code fence and without words before or after it.';
  if (format.type === 'json') return `${bareJson} The value must be an object.`;
  return `${bareJson} It must be valid against this JSON Schema, named ${JSON.stringify(format.name)}:\n${JSON.stringify(format.schema)}`;
}
