import type { AnswerIdentity } from '../../chat/dialect.ts';

/**
 * The signature of a block of thinking. Clients keep it and send it back with the block (client-apis C.2), where all
 * thinking is dropped: nothing has to be proven, it only must not be empty.
 */
export function thinkingSignature({ id }: AnswerIdentity, index: number): string {
  return Buffer.from(`qwen-gateway thinking ${id} ${index}`).toString('base64');
}
