import type { Job } from '../../jobs/job.ts';
import type { UsageRow } from '../../metering/usage-row.ts';
import { requestIdOf } from '../../usage/request-id.ts';
import { progressOf } from '../../videos/describe-video.ts';
import type { JobPreviews } from './job-previews.ts';
import { type ShownJob, shownStatus } from './shown-job.ts';

/**
 * A job in the form of the admin API.
 *
 * @param keyNames of the keys that there are, by id.
 * @throws ConfigurationError when the deployment gives this function no bucket.
 */
export async function describeJob(
  shown: ShownJob,
  previews: JobPreviews,
  keyNames: ReadonlyMap<string, string>,
): Promise<object> {
  const facts = shown.kind === 'video' ? describeVideoJob(shown.job) : describeImageJob(shown.row);
  return {
    object: 'job',
    id: idOf(shown),
    kind: shown.kind,
    status: shownStatus(shown),
    ...facts,
    key_name: keyNames.get(facts.key) ?? null,
    previews: await previews.of(shown),
  };
}

export function idOf(shown: ShownJob): string {
  return shown.kind === 'video' ? shown.job.key.id : requestIdOf(shown.row);
}

function describeVideoJob(job: Job) {
  const { key, request, accountId, createdAt, endedAt, failure } = job;
  return {
    progress: progressOf(job),
    model: request.model,
    prompt: request.prompt,
    key: key.callerId,
    account: accountId ?? null,
    created_at: isoTime(createdAt),
    completed_at: endedAt === undefined ? null : isoTime(endedAt),
    error: failure === undefined ? null : { ...failure },
  };
}

/** What was asked for in words is not in the row. */
function describeImageJob({ model, keyId, account, startedAt, milliseconds, errorCode }: UsageRow) {
  return {
    progress: 100,
    model,
    prompt: null,
    key: keyId,
    account: account ?? null,
    created_at: isoTime(startedAt),
    completed_at: isoTime(startedAt + milliseconds),
    error: errorCode === undefined ? null : { code: errorCode, message: null },
  };
}

function isoTime(epochMilliseconds: number): string {
  return new Date(epochMilliseconds).toISOString();
}
