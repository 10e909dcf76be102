import type { ChatEvent } from '../../shared/chat/event.ts';

/** Events as an upstream would give them; throws at the end when there is something to throw. */
export async function* eventsOf(
  batches: readonly (readonly ChatEvent[])[],
  failure?: Error,
): AsyncGenerator<readonly ChatEvent[], void, undefined> {
  yield* batches;
  if (failure !== undefined) throw failure;
}

export const start: ChatEvent = { type: 'start', chatId: 'chat', responseId: 'response' };
export const finish: ChatEvent = { type: 'finish', reason: 'stop' };
export const text = (value: string): ChatEvent => ({ type: 'text-delta', text: value });
