import type { AnswerIdentity } from '../../chat/dialect.ts';

/** The id of an answer in OpenAI's form, the same on every chunk. */
export function completionId({ id }: AnswerIdentity): string {
  return `chatcmpl-${id}`;
}
