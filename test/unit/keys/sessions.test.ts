import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SessionDesk } from '../../../shared/admin/sessions/session-desk.ts';
import { SessionExpiredError } from '../../../shared/chat/errors/request-errors.ts';
import { createAuthorize } from '../../../shared/composition/authorize.ts';
import { importKeys } from '../../../shared/keys/import-keys.ts';
import { KeyRing } from '../../../shared/keys/key-ring.ts';
import { changeStoredKey, listStoredKeys } from '../../../shared/keys/stored-keys.ts';
import { listSessions } from '../../../shared/keys/stored-sessions.ts';
import { gatewayKeysPartition } from '../../../shared/store/keys.ts';
import { type DynaliteServer, startDynalite, type TestTable } from '../../support/dynalite-table.ts';

const admin = 'sk-admin-0123456789';
const minute = 60_000;
let dynalite: DynaliteServer;
let test: TestTable;
let time: number;
let desk: SessionDesk;
let pauses: number[];
const now = () => time;

beforeAll(async () => {
  dynalite = await startDynalite();
});
beforeEach(async () => {
  test = await dynalite.newTable();
  time = Date.UTC(2026, 10, 22);
  pauses = [];
  desk = new SessionDesk({ table: test.table, changed: () => Promise.resolve(), now });
  await importKeys({ API_KEY: admin }, test.table);
});
afterAll(() => dynalite.close());

const newRing = () =>
  new KeyRing(test.table, now, async (milliseconds) => {
    pauses.push(milliseconds);
    time += milliseconds;
  });

async function parent() {
  const [key] = await listStoredKeys(test.table, true);
  if (key === undefined) throw new Error('no key');
  return key;
}

async function begin(presented = admin): Promise<string> {
  return (await desk.begin(await parent(), presented)).token;
}

describe('sessions', () => {
  it('last an hour, and can be renewed until twelve hours after the sign-in', async () => {
    const start = time;
    let token = await begin();
    for (let hours = 0; hours < 11.5; hours += 0.5) {
      time += 30 * minute;
      token = await begin(token);
    }
    const session = await desk.find(token);
    expect(session).toMatchObject({ signedInAt: start, expiresAt: start + 12 * 60 * minute });
    time = start + 12 * 60 * minute;
    await expect(begin(token)).rejects.toBeInstanceOf(SessionExpiredError);
    await expect(desk.find(token)).rejects.toBeInstanceOf(SessionExpiredError);
  });

  it('give their key’s identity and limits until they end, and never beyond its own end', async () => {
    const token = await begin();
    const key = await parent();
    await changeStoredKey(test.table, key, { routes: ['chat'], expiresAt: time + 90 * minute });
    const ring = newRing();
    expect(await ring.find(token)).toMatchObject({ id: key.id, role: 'admin', routes: ['chat'], session: true });
    const authorize = createAuthorize(ring, { openMode: true, publicModels: false, passThrough: false, now });
    expect(await authorize(token, { access: 'admin', function: 'admin-keys' })).toEqual({
      id: key.id,
      role: 'admin',
      routes: ['chat'],
    });
    time += 60 * minute;
    await expect(authorize(token, { access: 'key', function: 'status' })).rejects.toBeInstanceOf(SessionExpiredError);
    const { session } = await desk.begin({ ...key, expiresAt: time + 30 * minute }, admin);
    expect(session.expiresAt).toBe(time + 30 * minute);
  });

  it('are known to every instance at once, at the price of one look a second', async () => {
    const ring = newRing();
    expect(await ring.find(admin)).toMatchObject({ role: 'admin' });
    const token = await begin();
    const reads = test.sent.length;
    const found = await Promise.all([1, 2, 3].map(() => ring.find(token)));
    expect(found.map((key) => key?.session)).toEqual([true, true, true]);
    expect(test.sent.length - reads).toBe(1);
    expect(pauses).toContain(1000);
    expect((await ring.findById((await parent()).id))?.session).toBeUndefined();
  });

  it('are at most twenty of a key: the oldest goes', async () => {
    const tokens: string[] = [];
    for (let count = 0; count < 22; count += 1) {
      time += 1000;
      tokens.push(await begin());
    }
    const ring = newRing();
    const known = await Promise.all(tokens.map(async (token) => (await ring.find(token)) !== undefined));
    expect(known).toEqual([false, false, ...Array.from({ length: 20 }, () => true)]);
    time += 61 * minute;
    await begin();
    expect(await listSessions(test.table)).toHaveLength(1);
  });

  it('are stored as a hash, and are no keys', async () => {
    const token = await begin();
    expect(JSON.stringify(await test.table.query(gatewayKeysPartition))).not.toContain(token);
    expect(await listStoredKeys(test.table, true)).toHaveLength(1);
    await importKeys({}, test.table);
    expect(await newRing().find(token)).toBeUndefined();
  });

  it('end with all that follow from the same sign-in, and no others', async () => {
    const [first, other] = [await begin(), await begin()];
    const second = await begin(first);
    await desk.end(second);
    const ring = newRing();
    expect(await Promise.all([first, second].map((token) => ring.find(token)))).toEqual([undefined, undefined]);
    expect(await ring.find(other)).toMatchObject({ session: true });
  });
});
