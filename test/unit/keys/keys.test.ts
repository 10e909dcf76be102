import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ensureAdminKey } from '../../../shared/keys/ensure-admin-key.ts';
import { hashKey } from '../../../shared/keys/hash-key.ts';
import { importKeys } from '../../../shared/keys/import-keys.ts';
import { KeyRing } from '../../../shared/keys/key-ring.ts';
import { addStoredKey, listStoredKeys } from '../../../shared/keys/stored-keys.ts';
import { gatewayKeyKey, gatewayKeysPartition } from '../../../shared/store/keys.ts';
import { StoreUnavailableError } from '../../../shared/store/store-errors.ts';
import { type DynaliteServer, startDynalite, type TestTable } from '../../support/dynalite-table.ts';

const admin = 'sk-admin-0123456789';
const user = 'sk-user-0123456789';
let dynalite: DynaliteServer;
let test: TestTable;
let time: number;
const now = () => time;

beforeAll(async () => {
  dynalite = await startDynalite();
});
beforeEach(async () => {
  test = await dynalite.newTable();
  time = Date.UTC(2026, 10, 21);
});
afterAll(() => dynalite.close());

/** The role that a fresh instance gives a key. */
async function roleOf(key: string): Promise<string | undefined> {
  return (await new KeyRing(test.table, now).find(key))?.role;
}

describe('importKeys', () => {
  it('takes the keys of both settings, the first of all as admin', async () => {
    const report = await importKeys(
      { API_KEY: `${admin}, ,`, API_KEYS: ` ${user} ,${admin},sk-more-0123456789,` },
      test.table,
    );
    expect(report).toEqual({ added: 3, changed: 0, unchanged: 0, removed: 0, warnings: [] });
    expect(await Promise.all([admin, user, 'sk-more-0123456789'].map(roleOf))).toEqual(['admin', 'user', 'user']);
  });

  it('takes the first of API_KEYS as admin when API_KEY has none', async () => {
    await importKeys({ API_KEYS: `${user},${admin}` }, test.table);
    expect(await Promise.all([user, admin].map(roleOf))).toEqual(['admin', 'user']);
  });

  it('stores no key, only its hash', async () => {
    await importKeys({ API_KEYS: `${admin},${user}` }, test.table);
    const stored = JSON.stringify(await test.table.query(gatewayKeysPartition));
    expect(stored).toContain(hashKey(admin).toString('hex'));
    expect(stored).not.toContain(admin);
    expect(stored).not.toContain(user);
  });

  it('changes nothing the second time', async () => {
    await importKeys({ API_KEYS: `${admin},${user}` }, test.table);
    const before = await test.table.query(gatewayKeysPartition);
    expect(await importKeys({ API_KEYS: `${admin},${user}` }, test.table)).toMatchObject({ added: 0, unchanged: 2 });
    expect(await test.table.query(gatewayKeysPartition)).toEqual(before);
  });

  it('follows a new order', async () => {
    await importKeys({ API_KEYS: `${admin},${user}` }, test.table);
    expect(await importKeys({ API_KEYS: `${user},${admin}` }, test.table)).toMatchObject({ changed: 2, removed: 0 });
    expect(await Promise.all([user, admin].map(roleOf))).toEqual(['admin', 'user']);
  });

  it('removes keys that are gone from the environment, and no others', async () => {
    const generated = (await ensureAdminKey(test.table)) ?? '';
    const hash = hashKey('sk-by-hand').toString('hex');
    await addStoredKey(test.table, { id: 'key-1', hash, name: 'by hand', role: 'user', source: 'api' });
    await importKeys({ API_KEYS: `${admin},${user}` }, test.table);
    expect(await importKeys({ API_KEY: user }, test.table)).toMatchObject({ changed: 1, removed: 1 });
    const roles = await Promise.all([generated, 'sk-by-hand', user, admin].map(roleOf));
    expect(roles).toEqual(['admin', 'user', 'admin', undefined]);
    expect(await importKeys({}, test.table)).toMatchObject({ removed: 1 });
    expect(await roleOf(user)).toBeUndefined();
    expect(await roleOf(generated)).toBe('admin');
  });

  it('leaves a key alone that came another way, even when the environment names it too', async () => {
    const hash = hashKey(user).toString('hex');
    await addStoredKey(test.table, { id: 'key-1', hash, name: 'by hand', role: 'user', source: 'api' });
    expect(await importKeys({ API_KEY: user }, test.table)).toMatchObject({ added: 0, changed: 0, unchanged: 1 });
    expect(await listStoredKeys(test.table, true)).toMatchObject([{ name: 'by hand', role: 'user', source: 'api' }]);
  });

  it('warns of weak keys without showing them', async () => {
    const report = await importKeys({ API_KEYS: `${admin},qwerty123` }, test.table);
    expect(report.warnings).toEqual([expect.stringContaining('API_KEYS 2')]);
    expect(JSON.stringify(report)).not.toContain('qwerty123');
    expect(await roleOf('qwerty123')).toBe('user');
  });
});

describe('ensureAdminKey', () => {
  it('makes one strong key, once', async () => {
    const key = (await ensureAdminKey(test.table)) ?? '';
    expect(key).toMatch(/^sk-[\w-]{43}$/);
    expect(await roleOf(key)).toBe('admin');
    expect(JSON.stringify(await test.table.query(gatewayKeysPartition))).not.toContain(key);
    expect(await ensureAdminKey(test.table)).toBeUndefined();
  });

  it('is content with an admin key from the environment, but not with a user key', async () => {
    await addStoredKey(test.table, {
      id: 'key-1',
      hash: hashKey(user).toString('hex'),
      name: 'a',
      role: 'user',
      source: 'api',
    });
    expect(await ensureAdminKey(test.table)).toBeDefined();
    const other = await dynalite.newTable();
    await importKeys({ API_KEY: admin }, other.table);
    expect(await ensureAdminKey(other.table)).toBeUndefined();
  });
});

describe('KeyRing', () => {
  beforeEach(() => importKeys({ API_KEYS: `${admin},${user}` }, test.table));

  const queries = () => test.count('QueryCommand');

  it('knows keys by id, name and role', async () => {
    const key = await new KeyRing(test.table, now).find(user);
    expect(key).toEqual({ id: expect.stringMatching(/^key-[0-9a-f]{12}$/), name: 'API_KEYS 2', role: 'user' });
  });

  it('reads once for all that ask at once, and not again while fresh', async () => {
    const ring = new KeyRing(test.table, now);
    const before = queries();
    const found = await Promise.all(Array.from({ length: 50 }, () => ring.find(admin)));
    expect(found.every((key) => key?.role === 'admin')).toBe(true);
    time += 9_999;
    await ring.find(user);
    expect(queries() - before).toBe(1);
  });

  it('renews its keys behind the back of callers', async () => {
    const ring = new KeyRing(test.table, now);
    await ring.find(admin);
    await test.table.delete(gatewayKeyKey(hashKey(user).toString('hex')));
    time += 10_000;
    expect(await ring.find(user)).toBeDefined();
    await ring.flush();
    expect(await ring.find(user)).toBeUndefined();
  });

  it('does not trust keys read long ago', async () => {
    const ring = new KeyRing(test.table, now);
    await ring.find(admin);
    await test.table.delete(gatewayKeyKey(hashKey(user).toString('hex')));
    time += 60_001;
    expect(await ring.find(user)).toBeUndefined();
  });

  it('answers a flood of wrong keys with one read a second', async () => {
    const ring = new KeyRing(test.table, now);
    await ring.find(admin);
    const before = queries();
    for (let turn = 0; turn < 500; turn++) {
      time += 10;
      expect(await ring.find(`sk-wrong-${turn}`)).toBeUndefined();
    }
    expect(queries() - before).toBeLessThanOrEqual(5);
    expect(queries() - before).toBeGreaterThan(0);
  });

  it('finds a key that was added a second ago', async () => {
    const ring = new KeyRing(test.table, now);
    await ring.find(admin);
    await importKeys({ API_KEYS: `${admin},${user},sk-new-0123456789` }, test.table);
    time += 1000;
    const found = await Promise.all(Array.from({ length: 5 }, () => ring.find('sk-new-0123456789')));
    expect(found.map((key) => key?.role)).toEqual(Array.from({ length: 5 }, () => 'user'));
  });

  it.each(['', ' ', 'sk', 'SK-USER-0123456789', `${user} `, hashKey(user).toString('hex')])(
    'does not know %j',
    async (presented) => {
      expect(await new KeyRing(test.table, now).find(presented)).toBeUndefined();
    },
  );

  it('skips rows that are no keys and gives unknown roles the lesser rights', async () => {
    await test.table.put({ pk: gatewayKeysPartition, sk: 'not a hash' }, { id: 'a', role: 'admin' });
    await test.table.put(gatewayKeyKey(hashKey('sk-later').toString('hex')), { id: 'b', role: 'owner' });
    expect(await roleOf('sk-later')).toBe('user');
    expect(await roleOf(admin)).toBe('admin');
  });

  it('says that the store is away rather than that the key is wrong', async () => {
    const away = new KeyRing(dynalite.open('no-such-table').table, now);
    await expect(away.find(admin)).rejects.toThrow(StoreUnavailableError);
  });
});
