import type { LeasedAccount } from '../accounts/leased-account.ts';
import { ChatGoneError, UpstreamRejectedError } from '../chat/errors/answer-faults.ts';
import type { WorkKind } from '../chat/upstream.ts';
import type { Job } from '../jobs/job.ts';
import { runOwnerErrand } from '../relay/owner-errand.ts';
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
  const errand = { kinds, accountId, requestId: key.id, signal };
  return runOwnerErrand(attempts, errand, (lease) => call(lease).catch(retell));
}

/** A chat that is gone upstream is something else than an account that is gone here. */
function retell(error: unknown): never {
  if (error instanceof ChatGoneError) throw new UpstreamRejectedError(error.message, { cause: error });
  throw error;
}
