import type { JobMetering, OrderedJob } from '../chat/call-meter.ts';
import type { Call } from '../http/invocation.ts';
import { nothing } from './amounts.ts';
import { limitHeaders } from './limit-headers.ts';
import type { MeteredRoute, Metering } from './metering.ts';

/**
 * Reserves for a job that goes on after its request. It is charged, or given back, when it is over; at the latest when it
 * can't be open any more.
 *
 * @throws LimitExceededError, StoreUnavailableError
 */
export async function orderJob(
  { meters, calendar, longestJob, now }: Metering,
  { path, dialect }: MeteredRoute,
  { caller: { id: keyId, limits }, tell }: Pick<Call, 'caller' | 'tell'>,
  { id, createdAt, videoSeconds }: OrderedJob,
): Promise<JobMetering> {
  if (limits !== undefined) {
    const amounts = { ...nothing, requests: 1, videoSeconds };
    const until = createdAt + longestJob;
    await meters.reserve({
      keyId,
      limits,
      id,
      kind: 'job',
      startedAt: createdAt,
      until,
      amounts,
      least: amounts,
      tell: (states) => tell?.(limitHeaders(dialect, states, now())),
    });
  }
  return { day: calendar.day(createdAt).name, path, dialect, reserved: limits !== undefined };
}
