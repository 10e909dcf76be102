import type { RouteHandler } from '../../http/endpoint.ts';
import { jsonResponse } from '../../http/http-response.ts';
import type { Job } from '../../jobs/job.ts';
import { isOver } from '../../jobs/job-stages.ts';
import type { JobStore } from '../../jobs/job-store.ts';
import type { StoredKey } from '../../keys/gateway-key.ts';
import { readRequestId } from '../../usage/request-id.ts';
import type { RequestLog } from '../../usage/request-log.ts';
import { cancelledByOwner } from '../../videos/end-video.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { audited } from '../audit/audited.ts';
import { describeJob, idOf } from './describe-job.ts';
import { JobNotFoundError, JobOverError } from './job-errors.ts';
import { listJobs } from './job-list.ts';
import type { JobPreviews } from './job-previews.ts';
import { readJobRange } from './read-job-range.ts';
import type { ShownJob } from './shown-job.ts';

export interface JobRoutesOptions {
  readonly store: JobStore;
  readonly requests: RequestLog;
  readonly previews: JobPreviews;
  readonly audit: AuditLog;
  readonly listKeys: () => Promise<readonly Pick<StoredKey, 'id' | 'name'>[]>;
  /** Deletes what the upstream and the bucket keep of a job; its failure is logged only. */
  readonly tidy: (job: Job) => Promise<void>;
  /** Gives back what was reserved for a job that is over. */
  readonly settle: (job: Job) => Promise<void>;
}

/** The admin API's paths below `/admin/jobs`: whoever's they are. */
export function createJobRoutes(options: JobRoutesOptions) {
  const { store, requests } = options;
  const show: RouteHandler = async ({ parameters: { id = '' } }) =>
    jsonResponse(await describe(options, await findJob(options, id)));
  const list: RouteHandler = async ({ query }) => {
    const range = readJobRange(query);
    const jobs = await listJobs({ videos: store, requests }, range);
    const page = jobs.slice(0, range.limit);
    const [first, last] = [page.at(0), page.at(-1)];
    return jsonResponse({
      object: 'list',
      data: await describeAll(options, page),
      first_id: first ? idOf(first) : null,
      last_id: last ? idOf(last) : null,
      has_more: jobs.length > range.limit,
    });
  };
  return {
    'GET /admin/jobs': list,
    'GET /admin/jobs/{id}': show,
    'POST /admin/jobs/{id}/cancel': createCancel(options),
    'DELETE /admin/jobs/{id}': createDelete(options),
  } as const;
}

/** What works on it sees that at its next step, and ends. */
function createCancel(options: JobRoutesOptions): RouteHandler {
  const { store, audit, tidy, settle } = options;
  return (call) => {
    const { id = '' } = call.parameters;
    return audited(audit, call, { act: 'job.cancel', target: id }, async () => {
      for (;;) {
        const shown = await findJob(options, id);
        if (shown.kind === 'image' || isOver(shown.job.stage)) throw new JobOverError();
        const ended = await store.move(shown.job, 'fail', { failure: cancelledByOwner, endedAt: Date.now() });
        if (ended === undefined) continue;
        call.background.add('tidy job', tidy(ended));
        call.background.add('settle job', settle(ended));
        return { result: jsonResponse(await describe(options, { kind: 'video', job: ended })) };
      }
    });
  };
}

/** As its caller would delete it. Rows of requests stay, since they are what was used. */
function createDelete(options: JobRoutesOptions): RouteHandler {
  const { store, audit, tidy, settle } = options;
  return (call) => {
    const { id = '' } = call.parameters;
    return audited(audit, call, { act: 'job.delete', target: id }, async () => {
      const found = await store.findAny(id);
      const job = found && (await store.delete(found.key));
      if (job === undefined) throw new JobNotFoundError(id);
      call.background.add('tidy job', tidy(job));
      call.background.add('settle job', settle(job));
      return { result: jsonResponse({ object: 'job.deleted', id, deleted: true }) };
    });
  };
}

async function findJob({ store, requests }: JobRoutesOptions, id: string): Promise<ShownJob> {
  if (readRequestId(id) !== undefined) {
    const row = await requests.find(id);
    if (row?.kind === 'image') return { kind: 'image', row };
  }
  const job = await store.findAny(id);
  if (job === undefined) throw new JobNotFoundError(id);
  return { kind: 'video', job };
}

async function describe(options: JobRoutesOptions, shown: ShownJob): Promise<object> {
  const [described = {}] = await describeAll(options, [shown]);
  return described;
}

async function describeAll(
  { previews, listKeys }: JobRoutesOptions,
  jobs: readonly ShownJob[],
): Promise<readonly object[]> {
  const keyNames = new Map((await listKeys()).map(({ id, name }) => [id, name]));
  return Promise.all(jobs.map((shown) => describeJob(shown, previews, keyNames)));
}
