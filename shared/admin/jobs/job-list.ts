import { timeOfJobId } from '../../jobs/job-id.ts';
import type { JobStore } from '../../jobs/job-store.ts';
import { type RequestPlace, readRequestId } from '../../usage/request-id.ts';
import type { RequestLog } from '../../usage/request-log.ts';
import { type ShownJob, type ShownStatus, shownStatus } from './shown-job.ts';

/** Which jobs are wanted. */
export interface JobRange {
  readonly kind?: ShownJob['kind'] | undefined;
  readonly status?: ShownStatus | undefined;
  /** From 1. */
  readonly limit: number;
  /** Only those behind the job of this id, as an entry of the list has it. */
  readonly after?: string | undefined;
}

export interface JobListOptions {
  readonly videos: Pick<JobStore, 'listAll'>;
  readonly requests: Pick<RequestLog, 'pictures'>;
}

/** Before it in the list are the jobs of later milliseconds; in one millisecond, pictures come before videos. */
interface Bound {
  /** Only ids before it. */
  readonly video?: string;
  readonly image?: RequestPlace;
}

/** A whole page of videos is read even when few of them are wanted. */
const step = 100;
/** Sorts behind every other id of a millisecond. */
const lastOfAll = '\u{10ffff}';

/**
 * Videos and orders of pictures of all callers, newest first.
 *
 * @returns the page, and one job more when there are more.
 * @throws StoreUnavailableError
 */
export async function listJobs({ videos, requests }: JobListOptions, range: JobRange): Promise<readonly ShownJob[]> {
  const bound = boundOf(range.after);
  const wanted = range.limit + 1;
  const isWanted = (shown: ShownJob) => range.status === undefined || shownStatus(shown) === range.status;
  const [films, pictures] = await Promise.all([
    range.kind === 'image' ? [] : listVideos(videos, bound.video, wanted, isWanted),
    range.kind === 'video' ? [] : listPictures(requests, bound.image, wanted, isWanted),
  ]);
  return [...films, ...pictures]
    .sort((one, other) => timeOf(other) - timeOf(one) || (one.kind === other.kind ? 0 : one.kind === 'image' ? -1 : 1))
    .slice(0, wanted);
}

async function listVideos(
  videos: Pick<JobStore, 'listAll'>,
  bound: string | undefined,
  wanted: number,
  isWanted: (shown: ShownJob) => boolean,
): Promise<readonly ShownJob[]> {
  const found: ShownJob[] = [];
  for (let before = bound; ; ) {
    const jobs = await videos.listAll(step, before);
    found.push(...jobs.map((job): ShownJob => ({ kind: 'video', job })).filter(isWanted));
    const last = jobs.at(-1);
    if (last === undefined || found.length >= wanted) return found.slice(0, wanted);
    before = last.key.id;
  }
}

async function listPictures(
  requests: Pick<RequestLog, 'pictures'>,
  bound: RequestPlace | undefined,
  wanted: number,
  isWanted: (shown: ShownJob) => boolean,
): Promise<readonly ShownJob[]> {
  const found: ShownJob[] = [];
  for (let after = bound; ; ) {
    const rows = await requests.pictures(step, after);
    found.push(...rows.map((row): ShownJob => ({ kind: 'image', row })).filter(isWanted));
    const last = rows.at(-1);
    if (last === undefined || found.length >= wanted) return found.slice(0, wanted);
    after = { requestId: last.id, startedAt: last.startedAt };
  }
}

function boundOf(after: string | undefined): Bound {
  if (after === undefined) return {};
  const image = readRequestId(after);
  if (image !== undefined) return { image, video: `video_${(image.startedAt + 1).toString(16).padStart(12, '0')}` };
  const time = timeOfJobId(after) ?? 0;
  // All pictures of its millisecond have come already: on with those of the one before.
  return { video: after, image: { requestId: lastOfAll, startedAt: time - 1 } };
}

function timeOf(shown: ShownJob): number {
  return shown.kind === 'video' ? shown.job.createdAt : shown.row.startedAt;
}
