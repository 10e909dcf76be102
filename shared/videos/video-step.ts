/** What the state machine calls the worker with. */
export interface VideoTask {
  /** `give-up`: the worker could not do its step, however often it was called. */
  readonly act: 'step' | 'give-up';
  readonly callerId: string;
  readonly jobId: string;
  /** How often this execution has looked at the running video. */
  readonly looks: number;
}

/** What the state machine does next. */
export interface VideoStep {
  readonly next: 'wait' | 'end';
  /** To wait. */
  readonly seconds: number;
  readonly looks: number;
}

/** @returns `undefined` when the event is no task. */
export function readVideoTask(event: unknown): VideoTask | undefined {
  if (typeof event !== 'object' || event === null) return undefined;
  if (!('act' in event) || !('callerId' in event) || !('jobId' in event) || !('looks' in event)) return undefined;
  const { act, callerId, jobId, looks } = event;
  if (act !== 'step' && act !== 'give-up') return undefined;
  if (typeof callerId !== 'string' || typeof jobId !== 'string' || typeof looks !== 'number') return undefined;
  return { act, callerId, jobId, looks };
}
