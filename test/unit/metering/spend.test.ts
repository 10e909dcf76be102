import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { budgetUnits, type CallerLimits } from '../../../shared/chat/caller-limits.ts';
import { chargeOf, nothing, plus } from '../../../shared/metering/amounts.ts';
import { listReservations } from '../../../shared/metering/reservation.ts';
import type { UsageRow } from '../../../shared/metering/usage-row.ts';
import { meterKey } from '../../../shared/store/keys.ts';
import { markdownTable } from '../../support/markdown-table.ts';
import { SpendCalls, type SpendOutcome } from '../../support/metered/spend-call.ts';
import { keys, limitsOf, type Plan, plan, withRepetitions } from '../../support/metered/spend-plan.ts';
import { SpendWorld } from '../../support/metered/spend-world.ts';

const calls = 1000;

/** All calls at the same time, and when they are over and their leases too, those that come later. */
async function performAll(world: SpendWorld, limits: Readonly<Record<string, CallerLimits>>, plans: readonly Plan[]) {
  const performer = new SpendCalls(world, limits);
  const numbered = plans.map((planned, index) => ({ planned, index }));
  const wave = (isLater: boolean) =>
    world.clock.until(
      Promise.all(
        numbered
          .filter(({ planned }) => planned.isLater === isLater)
          .map(({ planned, index }) => performer.perform(planned, index)),
      ),
    );
  const first = await wave(false);
  await world.settleAll(keys);
  const later = await wave(true);
  await world.settleAll(keys);
  return [...first, ...later];
}

/** What was charged is what the rows tell, and nothing is held any more. */
function expectSettled(world: SpendWorld, rows: readonly UsageRow[], limits: Readonly<Record<string, CallerLimits>>) {
  for (const key of keys) {
    const item = world.table.peek(meterKey(key)) ?? {};
    expect(listReservations(item)).toEqual([]);
    expect(item.inFlight ?? 0).toBe(0);
    const own = rows.filter(({ keyId }) => keyId === key);
    const charged = own.map(chargeOf).reduce(plus, nothing);
    const limited = limits[key]?.tokensPerMinute ?? limits[key]?.day?.tokens ?? limits[key]?.month?.tokens;
    for (const unit of budgetUnits) {
      if (unit === 'tokens' && limited === undefined) continue;
      expect(item[`2026-11-22/${unit}`] ?? 0).toBe(charged[unit]);
      expect(item[`2026-11/${unit}`] ?? 0).toBe(charged[unit]);
    }
  }
}

/** What the calls with one `Idempotency-Key` have led to. */
function expectOneAnswer(outcomes: readonly SpendOutcome[], rows: ReadonlyMap<string, UsageRow>) {
  const good = outcomes.filter(({ id }) => isGood(rows.get(id)));
  // Of one that was killed nobody may have heard, so that its answer is made, and charged, again.
  const heard = good.filter(({ isKilled }) => !isKilled);
  expect(heard.length).toBeLessThanOrEqual(1);
  const kept = heard[0];
  const served = outcomes.flatMap(({ servedAs }) => servedAs ?? []);
  if (kept !== undefined) expect(kept.servedAs).toBe(Math.max(...served));
  const replayed = outcomes.filter(({ end }) => end === 'replayed');
  if (replayed.length > 0) expect(good.length).toBeGreaterThanOrEqual(1);
  const texts = [...replayed, ...(kept ? [kept] : [])].flatMap(({ text }) => text ?? []);
  expect(new Set(texts).size).toBeLessThanOrEqual(1);
  return { replayed: replayed.length, charged: good.length };
}

function isGood(row: UsageRow | undefined): boolean {
  return row !== undefined && row.status < 400 && row.errorCode === undefined && row.aborted === undefined;
}

describe('1,000 calls at once', () => {
  it('never spend more than any limit allows, are charged for what their rows tell, and once for each Idempotency-Key', {
    timeout: 120_000,
  }, async () => {
    const all = fc.array(plan, { minLength: calls, maxLength: calls }).map(withRepetitions);
    const limitsOfAll = fc
      .tuple(...keys.map(() => limitsOf))
      .map((list) => Object.fromEntries(keys.map((key, at) => [key, list[at] ?? {}])));
    const dices = fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true }));
    const table: Record<string, number>[] = [];
    await fc.assert(
      fc.asyncProperty(all, limitsOfAll, dices, async (plans, limits, dice) => {
        const world = new SpendWorld(limits, () => dice.next().value);
        const outcomes = await performAll(world, limits, plans);
        expect(world.overruns).toEqual([]);
        const rows = await world.rows();
        expectSettled(world, rows, limits);
        // Only what was served has a row.
        const served = new Set(outcomes.flatMap(({ id, servedAs }) => (servedAs === undefined ? [] : id)));
        expect(rows.filter(({ id }) => !served.has(id))).toEqual([]);
        const rowOf = new Map(rows.map((row) => [row.id, row]));
        const repeated = Map.groupBy(outcomes, ({ planned }) => planned.same);
        repeated.delete(undefined);
        const answers = [...repeated.values()].map((group) => expectOneAnswer(group, rowOf));
        table.push(lineOf(world, outcomes, rows, answers));
      }),
      { numRuns: 6, endOnFailure: true },
    );
    console.info(
      markdownTable(
        Object.keys(table[0] ?? {}),
        table.map((line) => Object.values(line)),
      ),
    );
    for (const name of ['replayed', 'killed', 'refused', 'charged again after a kill']) {
      expect(table.reduce((sum, line) => sum + (line[name] ?? 0), 0)).toBeGreaterThan(0);
    }
  });
});

function lineOf(
  { table, overruns }: SpendWorld,
  outcomes: readonly SpendOutcome[],
  rows: readonly UsageRow[],
  answers: readonly ReturnType<typeof expectOneAnswer>[],
): Record<string, number> {
  const count = (...ends: SpendOutcome['end'][]) => outcomes.filter(({ end }) => ends.includes(end)).length;
  const repeated = outcomes.filter(({ planned }) => planned.same !== undefined).length;
  return {
    good: rows.filter(isGood).length,
    aborted: rows.filter(({ aborted }) => aborted).length,
    'failed or broken': rows.filter((row) => !isGood(row) && row.aborted === undefined && row.status !== 429).length,
    killed: count('killed'),
    refused: count('refused'),
    'keys sent again': answers.length,
    duplicates: repeated - answers.length,
    replayed: count('replayed'),
    'failures told to duplicates': count('replayed broken', 'repeated error'),
    'keys charged': answers.filter(({ charged }) => charged > 0).length,
    'charged again after a kill': answers.reduce((sum, { charged }) => sum + Math.max(0, charged - 1), 0),
    rows: rows.length,
    writes: table.operations.update,
    'of them refused': table.operations.refused,
    overruns: overruns.length,
  };
}
