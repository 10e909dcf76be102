/** What a job is of. */
export const jobKinds = ['video', 'image'] as const;

export type JobKind = (typeof jobKinds)[number];

/** Where a job is. */
export const jobStatuses = ['queued', 'in_progress', 'completed', 'failed', 'cancelled'] as const;

export type JobStatus = (typeof jobStatuses)[number];

/** A link to something that was made. */
export interface Preview {
  readonly url: string;
  readonly expires_at: string | null;
  readonly type: string;
}

/** A job as `GET /admin/jobs` has it. */
export interface Job {
  readonly id: string;
  readonly kind: JobKind;
  readonly status: JobStatus;
  /** From 0 to 100. */
  readonly progress: number;
  readonly model: string;
  readonly prompt: string | null;
  readonly key: string;
  readonly key_name: string | null;
  readonly account: string | null;
  readonly created_at: string;
  readonly completed_at: string | null;
  readonly error: { readonly code: string; readonly message: string | null } | null;
  readonly previews: readonly Preview[];
}

/** Whether it goes on. */
export function isOpen({ status }: Job): boolean {
  return status === 'queued' || status === 'in_progress';
}
