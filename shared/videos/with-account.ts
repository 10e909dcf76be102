import type { LeasedAccount } from '../accounts/leased-account.ts';
import { PoolCoolingError, PoolQuotaError } from '../accounts/no-account-errors.ts';
import { ChatGoneError, UpstreamRejectedError } from '../chat/errors/answer-faults.ts';
import type { WorkKind } from '../chat/upstream.ts';
import type { Job } from '../jobs/job.ts';
import type { VideoWork } from './video-work.ts';

/** Looking at a video costs no quota, so that any kind of work that the account may do will do. */
const kinds: readonly WorkKind[] = ['video', 'chat', 'image'];

/**
 * Lets the account that a job stays with do a short call.
 *
 * @throws ChatGoneError when the account is gone, and only then; otherwise GatewayErrors that say nothing about the video.
 */
export async function withAccount<Result>(
  { attempts }: VideoWork,
  { key, accountId = '' }: Job,
  signal: AbortSignal,
  call: (lease: LeasedAccount) => Promise<Result>,
): Promise<Result> {
  let waiting: unknown;
  for (const kind of kinds) {
    try {
      return await attempts.run({ kind, accountId, errand: true, requestId: key.id, signal }, async (lease) => {
        const result = await call(lease).catch(retell);
        lease.release();
        return result;
      });
    } catch (error) {
      if (!(error instanceof PoolCoolingError || error instanceof PoolQuotaError)) throw error;
      waiting = error;
    }
  }
  throw waiting;
}

/** A chat that is gone upstream is something else than an account that is gone here. */
function retell(error: unknown): never {
  if (error instanceof ChatGoneError) throw new UpstreamRejectedError(error.message, { cause: error });
  throw error;
}
