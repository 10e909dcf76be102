import type { AnswerIdentity } from '../../chat/dialect.ts';

/** The fields that an answer has from the beginning, in `message_start` and in a whole body. */
export function messageHead({ id, model }: AnswerIdentity) {
  return { id: `msg_${id.replaceAll('-', '')}`, type: 'message', role: 'assistant', model } as const;
}
