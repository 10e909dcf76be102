/** What the state machine calls the worker with. */
export interface ResponseTask {
  /** `give-up`: the worker before did not come to its end. */
  readonly act: 'answer' | 'give-up';
  readonly callerId: string;
  readonly responseId: string;
}

/** @returns `undefined` when the event is no task. */
export function readResponseTask(event: unknown): ResponseTask | undefined {
  if (typeof event !== 'object' || event === null) return undefined;
  if (!('act' in event) || !('callerId' in event) || !('responseId' in event)) return undefined;
  const { act, callerId, responseId } = event;
  if (act !== 'answer' && act !== 'give-up') return undefined;
  return typeof callerId === 'string' && typeof responseId === 'string' ? { act, callerId, responseId } : undefined;
}
