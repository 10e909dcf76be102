import { api } from '../../api/api.ts';
import type { List } from '../../api/list.ts';
import type { Job, JobKind, JobStatus } from './job.ts';

/** Which jobs are wanted; all for an empty text. */
export interface JobFilter {
  readonly kind: JobKind | '';
  readonly status: JobStatus | '';
}

const pageLength = 20;

/** The newest pages of the jobs, so many of them. */
export async function listJobs({ kind, status }: JobFilter, pages: number, signal: AbortSignal): Promise<List<Job>> {
  const query = new URLSearchParams({
    limit: String(Math.min(100, pageLength * pages)),
    ...(kind !== '' && { kind }),
    ...(status !== '' && { status }),
  });
  return api.get<List<Job>>(`/admin/jobs?${query}`, { signal });
}

/** Whether another page may be asked for. */
export function mayShowMore(pages: number): boolean {
  return pageLength * pages < 100;
}
