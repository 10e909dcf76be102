import type { AnswerIdentity } from '../../chat/dialect.ts';
import type { FinishReason } from '../../chat/finish-reason.ts';
import type { Usage } from '../../chat/usage.ts';
import { answerNames } from './answer-frame.ts';
import { writeFinishReason } from './finish-reason.ts';
import type { Grounding } from './grounding.ts';
import { writeUsage } from './usage.ts';

/** What is known at the end of a good answer. */
export interface AnswerEnd {
  readonly reason: FinishReason;
  readonly grounding: Grounding;
  readonly usage: Usage | undefined;
}

/**
 * A whole answer, or the last chunk of a streamed one.
 *
 * @param parts at least one: the SDK's chat helper forgets turns with a chunk that has none (client-apis C.3).
 */
export function finishedAnswer(
  identity: AnswerIdentity,
  parts: readonly object[],
  { reason, grounding, usage }: AnswerEnd,
): object {
  const groundingMetadata = grounding.metadata();
  const candidate = {
    content: { parts, role: 'model' },
    finishReason: writeFinishReason(reason),
    index: 0,
    ...(groundingMetadata !== undefined && { groundingMetadata }),
  };
  return {
    candidates: [candidate],
    ...(usage !== undefined && { usageMetadata: writeUsage(usage) }),
    ...answerNames(identity),
  };
}
