import type { Job } from '../../jobs/job.ts';
import type { UsageRow } from '../../metering/usage-row.ts';
import { isFailure } from '../../usage/usage-numbers.ts';
import { statusOf } from '../../videos/describe-video.ts';
import { cancelledByOwner } from '../../videos/end-video.ts';

/** Where a job is. */
export type ShownStatus = (typeof shownStatuses)[number];

export const shownStatuses = ['queued', 'in_progress', 'completed', 'failed', 'cancelled'] as const;

/** A job in the list: a video, or an order of pictures, which is known when it is over. */
export type ShownJob =
  | { readonly kind: 'video'; readonly job: Job }
  | { readonly kind: 'image'; readonly row: UsageRow };

export function shownStatus(shown: ShownJob): ShownStatus {
  if (shown.kind === 'video') {
    return shown.job.failure?.code === cancelledByOwner.code ? 'cancelled' : statusOf(shown.job);
  }
  if (shown.row.aborted === true && shown.row.images === 0) return 'cancelled';
  return isFailure(shown.row) && shown.row.images === 0 ? 'failed' : 'completed';
}
