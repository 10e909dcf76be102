import type { ChatRequest } from '../chat/request.ts';
import type { WorkKind } from '../chat/upstream.ts';
import type { Call } from '../http/invocation.ts';
import type { Deadline } from './deadline.ts';

/** What of an answer's options its meter needs. */
export interface MeteredOptions {
  /** Resolves when the answer may be asked for, in place of what the request itself reserves. */
  readonly admitted?: Promise<void>;
  /** Is waited for when a good answer is whole, before its caller hears the end. What it throws is logged only. */
  readonly beforeEnd?: () => Promise<void>;
}

/** What a call's meter adds to the job that answers it; nothing where nobody counts. */
export function meterAnswer(
  request: Pick<ChatRequest, 'messages' | 'limits' | 'tools'>,
  kind: WorkKind,
  { meter }: Pick<Call, 'meter'>,
  { admitted: given, beforeEnd }: MeteredOptions,
  deadline: Deadline,
) {
  if (meter === undefined) return { ...(beforeEnd && { beforeEnd }) };
  const made = kind === 'image' ? 1 : 0;
  const admitted = given ?? meter.admit(made === 0 ? { chat: request } : { images: made });
  // Nobody waits for an account who may not use it.
  admitted?.catch((error: unknown) => deadline.end(error));
  return {
    meter: meter.answer(made === 0 ? 'chat' : 'image'),
    ...(admitted && { admitted }),
    beforeEnd: async () => {
      meter.madeImages(made);
      await Promise.all([meter.keep(), beforeEnd?.()]);
    },
  };
}
