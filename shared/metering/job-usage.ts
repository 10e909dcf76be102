import type { JobMetering } from '../chat/call-meter.ts';
import { chargeOf } from './amounts.ts';
import type { Metering } from './metering.ts';
import type { UsageRow } from './usage-row.ts';

/** A job that is over, as far as it is written down. */
export interface EndedJob {
  readonly id: string;
  readonly keyId: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly endedAt: number;
  readonly metering: JobMetering;
  readonly model: string;
  readonly target: string;
  readonly account?: string | undefined;
  /** Why it came to nothing. */
  readonly errorCode?: string | undefined;
  /** What it has made. */
  readonly videoSeconds: number;
  readonly objects?: readonly string[] | undefined;
}

/** Writes down what a job has used, and charges it. May be done again: the same job has the same end. @throws StoreUnavailableError */
export async function settleJob(metering: Pick<Metering, 'write' | 'meters'>, job: EndedJob): Promise<void> {
  const { id, keyId, createdAt, endedAt, account, errorCode, objects, model, target, videoSeconds } = job;
  const row: UsageRow = {
    id,
    startedAt: createdAt,
    day: job.metering.day,
    keyId,
    kind: 'video',
    path: job.metering.path,
    dialect: job.metering.dialect,
    model,
    target,
    ...(account !== undefined && { account }),
    status: 200,
    ...(errorCode !== undefined && { errorCode }),
    stream: false,
    milliseconds: endedAt - createdAt,
    promptTokens: 0,
    completionTokens: 0,
    tokenSource: 'none',
    images: 0,
    videoSeconds,
    chargedTokens: 0,
    ...(objects && { objects }),
  };
  await metering.write(row);
  if (job.metering.reserved) await metering.meters.settleJob(keyId, id, chargeOf(row));
}
