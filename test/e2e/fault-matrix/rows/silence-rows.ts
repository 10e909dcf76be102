import { alike, broken, type FaultRow, middle, refused } from '../fault-row.ts';
import { seen } from '../seen-faults.ts';

/** Silence that lasts longer than the gateway's patience, which is a second here. */
export const silenceRows: readonly FaultRow[] = [
  alike('silence before the head', { fault: 'stall-before-head' }, refused(seen.stalled, 2)),
  alike('silence after response.created', { fault: 'stall-after' }, refused(seen.stalled, 2)),
  {
    name: 'silence after tokens',
    rule: { fault: 'stall-after', after: middle },
    streamed: broken(seen.stalled),
    whole: refused(seen.stalled, 2),
  },
];

/** No way to the upstream at all. */
export function unreachable(name: string): FaultRow {
  const ending = refused(seen.unavailable, 0);
  return { name, streamed: ending, whole: ending };
}
