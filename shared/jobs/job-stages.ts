/**
 * Where a job is in its life.
 *
 * - `queued`: no account has it yet.
 * - `asking`: an account has a chat for it, and the upstream may have been asked.
 * - `running`: the upstream works on it.
 * - `completed`, `failed`: over.
 * - `deleted`: over for its owner too; the row stays until its time, so that its id and its key are not used again.
 */
export type JobStage = 'queued' | 'asking' | 'running' | 'completed' | 'failed' | 'deleted';

type Row = Readonly<Partial<Record<JobStage, JobStage>>>;

/** Every change of a job: from which stage it leads where. What is not here can't be written. */
export const jobTransitions = {
  /** An account is chosen and its chat made; asking follows. */
  take: { queued: 'asking' },
  /** The upstream said no: another account may be asked. */
  refuse: { asking: 'queued' },
  /** The chat shows that nothing has been asked yet. */
  'ask-again': { asking: 'asking' },
  /** The upstream took it. */
  accept: { asking: 'running' },
  /** Something new is known of a running job. */
  note: { running: 'running' },
  /** Another execution goes on with it. */
  resume: { queued: 'queued', asking: 'asking', running: 'running' },
  complete: { asking: 'completed', running: 'completed' },
  fail: { queued: 'failed', asking: 'failed', running: 'failed' },
  delete: { queued: 'deleted', asking: 'deleted', running: 'deleted', completed: 'deleted', failed: 'deleted' },
} as const satisfies Record<string, Row>;

export type JobTransition = keyof typeof jobTransitions;

/** @returns `undefined` when the transition does not lead on from there. */
export function nextStage(stage: JobStage, transition: JobTransition): JobStage | undefined {
  const row: Row = jobTransitions[transition];
  return row[stage];
}

/** Whether nobody works on the job any more. */
export function isOver(stage: JobStage): boolean {
  return nextStage(stage, 'resume') === undefined;
}
