import { expect, it } from 'vitest';
import { lane, readAccount } from '../../../shared/accounts/account.ts';
import type { Lease } from '../../../shared/accounts/lease.ts';
import { accountKey } from '../../../shared/store/keys.ts';
import { World } from './simulation/world.ts';

const second = 1000;
const kills = 100;
const accounts = 20;
/** How long a lease lasts that nobody renews; nobody has to know more to use the accounts again. */
const leaseSeconds = 60;

async function call(world: World, end: number): Promise<void> {
  while (world.time.now() < end) {
    await world.time.sleep(Math.random() * 5 * second);
    await world.request();
  }
}

async function accountOf(world: World, id: string) {
  const item = await world.table.get(accountKey(lane, id));
  return item === undefined ? undefined : readAccount(item);
}

/** Looks at what a killed instance had, as soon as its leases must be over. */
async function inspectLater(world: World, lost: readonly Lease[], stillLeased: string[]): Promise<void> {
  await world.time.sleep((leaseSeconds + 1) * second);
  for (const { accountId, place } of lost) {
    const slot = (await accountOf(world, accountId))?.slots[place?.taken.slot ?? 0];
    const same = slot?.fence === place?.taken.fence;
    if (slot === undefined || (same && slot.until > world.time.now())) stillLeased.push(accountId);
  }
}

it('a hundred killed instances keep no account past their leases, and lose none', async () => {
  const world = await World.create({
    accounts,
    instances: 4,
    limits: { maxInFlight: 1, spacing: 0, wait: 120 * second },
    outcome: () => 'ok',
    duration: () => Math.random() * 90 * second,
  });
  const { time, observer } = world;
  const start = time.now();
  const stillLeased: string[] = [];
  let lostLeases = 0;
  for (let caller = 0; caller < 60; caller++) call(world, start + kills * 40 * second);
  for (let count = 0; count < kills; count++) {
    await time.runUntil(time.now() + Math.random() * 60 * second);
    const before = new Set(world.ids.flatMap((id) => [...observer.record(id).inFlight]));
    world.killOne();
    await time.runUntil(time.now());
    const lost = [...before].filter((lease) => !observer.record(lease.accountId).inFlight.has(lease));
    lostLeases += lost.length;
    inspectLater(world, lost, stillLeased);
  }
  await time.runUntil(time.now() + 200 * second);
  expect(lostLeases).toBeGreaterThan(kills);
  expect(stillLeased).toEqual([]);
  // What an instance does in its last moments may reach the upstream together with its successor, never more.
  expect(observer.violations).toEqual([]);

  const usesBefore = world.ids.map((id) => observer.record(id).uses);
  await Promise.all([time.runUntil(time.now() + 300 * second), ...Array.from({ length: 60 }, () => world.request())]);
  for (const [number, id] of world.ids.entries()) {
    expect((await accountOf(world, id))?.state).toBe('ok');
    expect(observer.record(id).uses).toBeGreaterThan(usesBefore[number] ?? 0);
  }
  console.log(`killed ${kills} instances with ${lostLeases} leases; ${accounts} of ${accounts} accounts are back`);
}, 120_000);
