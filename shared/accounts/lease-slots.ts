import type { Attributes } from '../store/attributes.ts';
import { numberAttribute } from '../store/read-attribute.ts';

/** More requests at once than this are never sent through one account. */
export const mostSlots = 8;

/** One of the places in which an account serves a request. */
export interface LeaseSlot {
  /** Until when it is taken, in epoch milliseconds; 0 when it was given back. */
  readonly until: number;
  /** Counts the leases of this place; a write of a late owner finds another number. */
  readonly fence: number;
}

const slotNames = Array.from({ length: mostSlots }, (_, index) => ({
  until: `lease${index + 1}Until`,
  fence: `lease${index + 1}Fence`,
  owner: `lease${index + 1}Owner`,
}));

const neverTaken: LeaseSlot = { until: 0, fence: 0 };
const noSlots: readonly LeaseSlot[] = [];

/** The attributes of a slot. Flat, so that writes for different slots don't meet. @param slot from 0. */
export function slotAttributes(slot: number): {
  readonly until: string;
  readonly fence: string;
  readonly owner: string;
} {
  const names = slotNames[slot];
  if (names === undefined) throw new RangeError(`there is no slot ${slot}`);
  return names;
}

/** @returns the slots of a row up to the last one that was ever taken. */
export function readSlots(item: Attributes): readonly LeaseSlot[] {
  const slots = slotNames.map((names) => ({
    until: numberAttribute(item, names.until) ?? 0,
    fence: numberAttribute(item, names.fence) ?? 0,
  }));
  const last = slots.findLastIndex(({ fence }) => fence > 0);
  return last < 0 ? noSlots : slots.slice(0, last + 1);
}

/** @returns the first slot that nobody has, `undefined` when all are taken. */
export function freeSlot(slots: readonly LeaseSlot[], maxInFlight: number, now: number): number | undefined {
  for (let slot = 0; slot < maxInFlight; slot++) {
    if ((slots[slot]?.until ?? 0) <= now) return slot;
  }
  return undefined;
}

/** @returns when the first of the taken slots is free at the latest. */
export function firstEnd(slots: readonly LeaseSlot[], maxInFlight: number): number {
  return Math.min(...slots.slice(0, maxInFlight).map(({ until }) => until));
}

/** @returns the slots with another end of one of them. */
export function withSlot(slots: readonly LeaseSlot[], slot: number, taken: LeaseSlot): readonly LeaseSlot[] {
  const length = Math.max(slots.length, slot + 1);
  return Array.from({ length }, (_, index) => (index === slot ? taken : (slots[index] ?? neverTaken)));
}
