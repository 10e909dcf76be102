import type { WorkKind } from '../chat/upstream.ts';
import type { Changes, Condition } from '../store/expressions.ts';
import { type Account, waitAttributes } from './account.ts';
import { slotAttributes, withSlot } from './lease-slots.ts';

/** A place that this instance is about to take. Nobody else in the instance does from here on. */
export interface ReservedSlot {
  readonly account: Account;
  readonly slot: number;
  readonly kind: WorkKind;
  /** Whether spacing does not matter, as for another try of the same request. */
  readonly urgent: boolean;
}

/** By whom and for how long a place is claimed. All times are epoch milliseconds. */
export interface Claim {
  readonly owner: string;
  readonly time: number;
  readonly until: number;
  /** Milliseconds. */
  readonly spacing: number;
}

/** @returns the one write that takes the place, if nobody else has it and the account may be used. */
export function claim(
  { account, slot, kind, urgent }: ReservedSlot,
  { owner, time, until, spacing }: Claim,
): { readonly changes: Changes; readonly condition: Condition } {
  const names = slotAttributes(slot);
  const waitNames = waitAttributes(kind);
  const wait = account.waits[kind];
  const probes = wait !== undefined;
  return {
    changes: {
      set: {
        [names.until]: until,
        [names.owner]: owner,
        lastUsedAt: Math.trunc(time),
        spacedUntil: time + spacing,
        ...(probes && { [waitNames.probeUntil]: until }),
      },
      add: { [names.fence]: 1 },
    },
    condition: {
      exists: true,
      // A probe is of the wait that this instance knows: after one that others have taken back, nobody probes.
      equals: { state: account.state, ...(probes && { [waitNames.until]: wait.until }) },
      atMost: {
        [names.until]: time,
        ...(!urgent && { spacedUntil: time }),
        // A wait that this instance doesn't know of is seen after the refusal; then the request probes.
        ...(probes ? { [waitNames.probeUntil]: time } : { [waitNames.until]: 0 }),
      },
    },
  };
}

/** The row as this instance sees it from here on, ahead of the write. */
export function withReservation(
  row: Account,
  { slot, kind, account }: ReservedSlot,
  { until, spacedUntil }: { readonly until: number; readonly spacedUntil: number },
): Account {
  const fence = account.slots[slot]?.fence ?? 0;
  return {
    ...row,
    slots: withSlot(row.slots, slot, { until, fence }),
    spacedUntil,
    waits: probing(row, kind, until),
  };
}

function probing(account: Account, kind: WorkKind, until: number): Account['waits'] {
  const wait = account.waits[kind];
  if (wait === undefined) return account.waits;
  return { ...account.waits, [kind]: { ...wait, probeUntil: until } };
}

/** The row as it was, as far as this instance has changed it. */
export function withoutReservation(row: Account, { account, slot }: ReservedSlot): Account {
  const free = { until: 0, fence: row.slots[slot]?.fence ?? 0 };
  return { ...row, slots: withSlot(row.slots, slot, free), spacedUntil: account.spacedUntil, waits: account.waits };
}
