import { partsOf, type Range, unitEnds } from './history-parts.ts';
import type { Entry } from './transcript-entries.ts';

/** What a long conversation leaves for its message, in escaped bytes. */
export interface SplitRoom {
  /** For the sections of the message, and for the references of the files that are added. */
  readonly sections: number;
  /** Of the smallest part that goes into a file. Must be the same in each turn of a conversation. */
  readonly unit: number;
  /** Of the longest section that shows a message whose whole is in a file. */
  readonly excerpt: number;
  /** That the message has for each file that is added. */
  readonly reference: number;
}

/** Where each message of a long conversation goes. */
export interface SplitPlan {
  /** Messages before this one are the instructions at the beginning; 0 when they are treated like all others. */
  readonly headLength: number;
  /** Those of them that go into a file of their own. */
  readonly aside: ReadonlySet<number>;
  /** What else goes into files, oldest first. */
  readonly parts: readonly Range[];
  /** Messages of the parts that are shown again: the last of the user, and the one to be answered. */
  readonly again: readonly number[];
  /** Messages from here on stay in the message. */
  readonly tailFrom: number;
}

/** Files beside which the instructions still have room. */
const usualFiles = 4;

/**
 * Decides what stays in the message: the instructions at the beginning, and as many of the newest messages as fit, counted in whole
 * units.
 *
 * @param costs escaped bytes of each message's section.
 */
export function planSplit(entries: readonly Entry[], costs: readonly number[], room: SplitRoom): SplitPlan {
  const instructions = instructionsOf(entries);
  const aside = chooseAside(costs.slice(0, instructions), room);
  const headLength = aside === undefined ? 0 : instructions;
  const shown = (index: number) => Math.min(costs[index] ?? 0, room.excerpt);
  const head = sum(costs.slice(0, headLength).map((cost, index) => (aside?.has(index) ? shown(index) : cost)));
  const newest = newestOf(entries);
  const ends = unitEnds(costs, headLength, room.unit);
  const asideFiles = aside === undefined || aside.size === 0 ? 0 : 1;
  let tail = sum(costs.slice(headLength));
  let plan: SplitPlan = { headLength, aside: aside ?? new Set(), parts: [], again: [], tailFrom: headLength };
  for (let count = 0; ; count += 1) {
    const bytes = head + tail + sum(plan.again.map(shown)) + (asideFiles + plan.parts.length) * room.reference;
    const end = ends[count];
    if (bytes <= room.sections || end === undefined) return plan;
    tail -= sum(costs.slice(plan.tailFrom, end));
    const parts = partsOf(ends, headLength, count + 1);
    plan = { ...plan, parts, again: newest.filter((index) => index >= headLength && index < end), tailFrom: end };
  }
}

function instructionsOf(entries: readonly Entry[]): number {
  const first = entries.findIndex(({ role }) => role !== 'system');
  return first === -1 ? entries.length : first;
}

/** The last message of the user, and the one to be answered. */
function newestOf(entries: readonly Entry[]): readonly number[] {
  const asked = entries.findLastIndex(({ role }) => role === 'user');
  const answered = entries.findLastIndex(({ role }) => role !== 'system');
  return [...new Set([asked, answered])];
}

/**
 * The largest instructions go into a file when all of them together leave too little for the conversation. How long that is
 * does not count, so that they stay where they are from turn to turn.
 *
 * @returns `undefined` when even that is not enough, because there are so many of them.
 */
function chooseAside(costs: readonly number[], room: SplitRoom): ReadonlySet<number> | undefined {
  const most = room.sections - room.unit - 2 * room.excerpt - usualFiles * room.reference;
  const aside = new Set<number>();
  let bytes = sum(costs);
  const bySize = [...costs.entries()].sort(([, one], [, other]) => other - one);
  for (const [index, cost] of bySize) {
    if (bytes <= most) return aside;
    if (cost <= room.excerpt) return undefined;
    aside.add(index);
    bytes -= cost - room.excerpt;
  }
  return bytes <= most ? aside : undefined;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
