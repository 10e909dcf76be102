/**
 * Where a job is in its life.
 *
 * - `queued`: no account has it yet.
 * - `asking`: an account has a chat for it, and the upstream may have been asked.
 * - `running`: the upstream works on it.
 * - `copying`: the upstream has made it; its copy for the owner is on the way.
 * - `completed`, `failed`: over.
 * - `deleted`: over for its owner too; the row stays until its time, so that its id and its key are not used again.
 */
export type JobStage = 'queued' | 'asking' | 'running' | 'copying' | 'completed' | 'failed' | 'deleted';

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
  /** It is made, and is copied: at first, and again. */
  copy: { asking: 'copying', running: 'copying', copying: 'copying' },
  /** Another execution goes on with it. */
  resume: { queued: 'queued', asking: 'asking', running: 'running', copying: 'copying' },
  /** Something new is known of the telling of its end. */
  tell: { completed: 'completed', failed: 'failed' },
  complete: { asking: 'completed', running: 'completed', copying: 'completed' },
  fail: { queued: 'failed', asking: 'failed', running: 'failed', copying: 'failed' },
  delete: {
    queued: 'deleted',
    asking: 'deleted',
    running: 'deleted',
    copying: 'deleted',
    completed: 'deleted',
    failed: 'deleted',
  },
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
