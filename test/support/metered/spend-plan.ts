import * as fc from 'fast-check';
import type { CallerLimits } from '../../../shared/chat/caller-limits.ts';

export const keys = ['a', 'b', 'c', 'd', 'e'];

const some = (max: number) => fc.option(fc.integer({ min: Math.ceil(max / 10), max }), { nil: undefined });
const budget = fc.record({ requests: some(400), tokens: some(3_000_000), images: some(100) });

/** The limits of one key. */
export const limitsOf = fc
  .record({
    requestsPerMinute: some(400),
    tokensPerMinute: some(3_000_000),
    inFlight: some(200),
    day: budget,
    month: budget,
  })
  .map((limits): CallerLimits => JSON.parse(JSON.stringify(limits)));

const endings = [
  ...(['good', 'good', 'good', 'aborted', 'broken', 'failed', 'images'] as const),
  ...(['killed', 'killed behind its row', 'killed late'] as const),
];

/** Of so many, this many stand for an `Idempotency-Key`. */
const [chances, repeated] = [400, 80];

/** One call: what it asks, and what becomes of it when it is served. */
export const plan = fc.record({
  key: fc.constantFrom(...keys),
  /** Calls with the same number share an `Idempotency-Key`, and what is asked with it. */
  same: fc.nat({ max: chances - 1 }).map((number) => (number < repeated ? number : undefined)),
  /** Whether a repetition comes when all others are over. */
  isLater: fc.integer({ min: 0, max: 3 }).map((number) => number === 0),
  ending: fc.constantFrom(...endings),
  stream: fc.boolean(),
  counts: fc.boolean(),
  tokens: fc.integer({ min: 1, max: 12_000 }),
  promptTokens: fc.integer({ min: 1, max: 3000 }),
  mostTokens: some(4000),
  images: fc.integer({ min: 1, max: 4 }),
  moment: fc.integer({ min: 0, max: 30 }),
  /** Turns after the first one. */
  begins: fc.integer({ min: 0, max: 150 }),
});
export type Plan = typeof plan extends fc.Arbitrary<infer One> ? One : never;

/** @returns the plans, in which repetitions ask what the first of them asks. */
export function withRepetitions(plans: readonly Plan[]): readonly Plan[] {
  const first = new Map<number, Plan>();
  return plans.map((planned) => {
    const { same } = planned;
    if (same === undefined) return { ...planned, isLater: false };
    const { key, stream, mostTokens } = first.get(same) ?? planned;
    if (!first.has(same)) first.set(same, planned);
    return { ...planned, key, stream, mostTokens };
  });
}
