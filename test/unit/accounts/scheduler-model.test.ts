import { afterAll, describe, expect, it } from 'vitest';
import { lane } from '../../../shared/accounts/account.ts';
import { setOwnerState } from '../../../shared/accounts/owner-acts.ts';
import { accountKey } from '../../../shared/store/keys.ts';
import { markdownTable } from '../../support/markdown-table.ts';
import type { OutcomeName } from './pool-model.ts';
import { World } from './simulation/world.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const callers = 1000;
const healthyAccounts = 30;
const printed: unknown[][] = [];

afterAll(() => {
  const head = [
    'run',
    'served',
    '429/403',
    'in flight at most',
    'max/min use',
    'probes',
    'slowest return',
    'operations',
  ];
  console.log(markdownTable(head, printed));
});

const passing: readonly OutcomeName[] = ['transport', 'protocol', 'content'];
const benching: readonly OutcomeName[] = ['limit', 'limit', 'longLimit', 'quota', 'auth', 'challenge', 'account'];

/** The first accounts only ever meet what says nothing about them; the others meet everything. */
function randomOutcome(number: number): OutcomeName {
  const chance = Math.random();
  if (chance < 0.05) return pick(passing);
  return chance < 0.1 && number >= healthyAccounts ? pick(benching) : 'ok';
}

function pick(names: readonly OutcomeName[]): OutcomeName {
  return names[Math.floor(Math.random() * names.length)] ?? 'ok';
}

/** Comes again and again: with everybody else at the full hour, or some time in between. */
async function call(world: World, pause: number, end: number): Promise<void> {
  const { now } = world.time;
  for (;;) {
    const toTheHour = hour - (now() % hour);
    await world.time.sleep(Math.random() < 0.2 ? toTheHour : -Math.log(Math.random()) * pause);
    if (now() > end) return;
    await world.request();
  }
}

/** Looks at every row now and then, and does what an owner does for accounts that need one. */
async function own(world: World, end: number): Promise<void> {
  while (world.time.now() < end) {
    await world.time.sleep(20 * minute);
    for (const id of world.ids) {
      const account = world.observer.inspect(id);
      if (account === undefined || account.state === 'ok') continue;
      if (account.state === 'invalid') {
        await world.table.update(accountKey(lane, id), { set: { state: 'ok' }, remove: ['reason'] });
      } else await setOwnerState(world.table, id, 'enable');
    }
  }
}

function spread(world: World): { most: number; least: number } {
  const uses = world.ids.slice(0, healthyAccounts).map((id) => world.observer.record(id).uses);
  return { most: Math.max(...uses), least: Math.min(...uses) };
}

describe('fifty accounts and a thousand callers', () => {
  it.each([
    { name: 'one at a time, 24 h', maxInFlight: 1, spacing: 3000, hours: 24, pause: 25 * minute, cost: 4 },
    { name: 'three at once, 4 h', maxInFlight: 3, spacing: 0, hours: 4, pause: 5 * minute, cost: 5 },
    // Fewer uses, and so less even by chance.
    {
      name: 'frozen functions, 4 h',
      maxInFlight: 1,
      spacing: 3000,
      hours: 4,
      pause: 25 * minute,
      freezes: true,
      evenness: 1.25,
      cost: 50,
      // There are fewer faults, too.
      probes: 25,
    },
  ])(
    '$name',
    async ({ name, maxInFlight, spacing, hours, pause, freezes = false, evenness = 1.1, cost, probes = 50 }) => {
      const world = await World.create({
        accounts: 50,
        instances: 4,
        limits: { maxInFlight, spacing, wait: 300 * second },
        outcome: randomOutcome,
        duration: () => 2 * second + Math.random() * 20 * second,
        freezes,
      });
      const { observer, time, table } = world;
      const end = time.now() + hours * hour;
      for (let caller = 0; caller < callers; caller++) call(world, pause, end);
      own(world, end);
      await time.runUntil(end + 10 * minute);

      const { most, least } = spread(world);
      const served = [...observer.records.values()].reduce((sum, { uses }) => sum + uses, 0);
      const refused = [...world.refused.values()].reduce((sum, count) => sum + count, 0);
      const { operations } = table;
      const all = operations.get + operations.query + operations.update;
      printed.push([
        name,
        served,
        refused,
        observer.mostInFlight,
        (most / least).toFixed(3),
        observer.recoveries,
        `${Math.round(observer.slowestRecovery / second)} s`,
        `${(all / served).toFixed(2)} a request, ${operations.refused} refused`,
      ]);
      expect(observer.violations).toEqual([]);
      expect(served).toBeGreaterThan(hours * 1500);
      expect(observer.mostInFlight).toBe(maxInFlight);
      expect(all / served).toBeLessThan(cost);
      expect(most / least).toBeLessThan(evenness);
      expect(observer.recoveries).toBeGreaterThan(probes);
      // Nobody is forgotten: with work for all, every wait's end is followed by a probe.
      expect(observer.slowestRecovery).toBeLessThan(hour);
    },
    300_000,
  );
});
