import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { KeyDesk } from '../../../shared/admin/keys/key-desk.ts';
import { GatewayError } from '../../../shared/chat/errors/gateway-error.ts';
import { importKeys } from '../../../shared/keys/import-keys.ts';
import { KeyRing } from '../../../shared/keys/key-ring.ts';
import { isLastingAdmin } from '../../../shared/keys/lasting-admin.ts';
import { MemoryTable } from '../../support/memory-table.ts';

const time = Date.UTC(2026, 10, 21);
let table: MemoryTable;
let ring: KeyRing;
let desk: KeyDesk;
beforeEach(() => {
  table = new MemoryTable();
  ring = new KeyRing(table);
  desk = new KeyDesk({ table, changed: () => ring.refresh(), now: () => time });
});

describe('KeyDesk', () => {
  it('makes a key that is good at once, and whose row does not hold it', async () => {
    await ring.find('sk-wrong');
    const { key, plain } = await desk.add({ name: 'laptop', models: ['qwen*'], routes: ['chat'] });
    expect(plain).toMatch(/^sk-[\w-]{43}$/);
    expect(key).toMatchObject({ name: 'laptop', role: 'user', source: 'admin', createdAt: time, models: ['qwen*'] });
    expect(await ring.find(plain)).toMatchObject({ id: key.id, models: ['qwen*'], routes: ['chat'] });
    expect(JSON.stringify(await table.query('keys'))).not.toContain(plain);
  });

  it('changes what is given, takes away what is undefined, and leaves the rest', async () => {
    const { key, plain } = await desk.add({
      name: 'a',
      models: ['x'],
      conversations: 'always-new',
      expiresAt: time + 1,
    });
    const changed = await desk.change(key.id, { models: undefined, expiresAt: undefined, routes: ['files'] });
    const { models: _, expiresAt: __, ...rest } = key;
    expect(changed).toStrictEqual({ ...rest, routes: ['files'] });
    expect(await ring.find(plain)).toMatchObject({ routes: ['files'], conversations: 'always-new' });
    expect(await desk.change(key.id, {})).toStrictEqual(changed);
  });

  it('removes a key, which is good for nothing from then on', async () => {
    const { key, plain } = await desk.add({ name: 'a' });
    expect(await ring.find(plain)).toBeDefined();
    await desk.remove(key.id);
    expect(await ring.find(plain)).toBeUndefined();
    for (const act of [desk.find(key.id), desk.remove(key.id), desk.change(key.id, { name: 'b' })]) {
      await expect(act).rejects.toMatchObject({ status: 404, code: 'key_not_found' });
    }
  });

  it('leaves keys of the environment alone', async () => {
    await importKeys({ API_KEYS: 'sk-environment-admin,sk-environment-user' }, table);
    for (const { id } of await desk.list()) {
      await expect(desk.remove(id)).rejects.toMatchObject({ status: 409, code: 'key_from_environment' });
      await expect(desk.change(id, { name: 'b' })).rejects.toMatchObject({ code: 'key_from_environment' });
    }
    expect(await desk.list()).toHaveLength(2);
  });
});

describe('the last admin key', () => {
  it('can’t be removed, demoted or given an end', async () => {
    const { key } = await desk.add({ name: 'a', role: 'admin' });
    await desk.add({ name: 'no help', role: 'admin', expiresAt: time + 1000 });
    const refused = { status: 409, code: 'last_admin_key' };
    await expect(desk.remove(key.id)).rejects.toMatchObject(refused);
    await expect(desk.change(key.id, { role: 'user' })).rejects.toMatchObject(refused);
    await expect(desk.change(key.id, { expiresAt: time + 1000 })).rejects.toMatchObject(refused);
    expect(await desk.change(key.id, { name: 'b', models: ['x'] })).toMatchObject({ role: 'admin', name: 'b' });
    expect(await desk.find(key.id)).not.toHaveProperty('leavingUntil');
  });

  it('is no longer the last with another one, were it from the environment', async () => {
    const { key } = await desk.add({ name: 'a', role: 'admin' });
    await importKeys({ API_KEY: 'sk-environment-admin' }, table);
    expect(await desk.change(key.id, { role: 'user' })).toMatchObject({ role: 'user' });
    expect(await desk.change(key.id, { role: 'admin' })).toSatisfy((now) => isLastingAdmin(now, time));
    await desk.remove(key.id);
  });

  it('is safe from an owner who was killed in the middle: the others can be removed again after a while', async () => {
    const { key } = await desk.add({ name: 'a', role: 'admin' });
    const other = await desk.add({ name: 'b', role: 'admin' });
    const killed = new KeyDesk({ table: new NoDeletes(table), changed: async () => {}, now: () => time });
    await expect(killed.remove(key.id)).rejects.toThrow('killed');
    await expect(desk.remove(other.key.id)).rejects.toMatchObject({ code: 'last_admin_key' });
    await expect(desk.remove(key.id)).rejects.toMatchObject({ code: 'key_busy' });
    const later = new KeyDesk({ table, changed: async () => {}, now: () => time + 120_000 });
    await later.remove(other.key.id);
    expect(await later.list()).toHaveLength(1);
  });

  it('stays, whatever several owners do at once', { timeout: 60_000 }, async () => {
    const act = fc.record({
      key: fc.nat({ max: 3 }),
      deed: fc.constantFrom('remove', 'demote', 'promote', 'end', 'prolong', 'name'),
      pauses: fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 2, maxLength: 8 }), async (acts) => {
        table = new MemoryTable();
        desk = new KeyDesk({ table, changed: async () => {}, now: () => time });
        const keys: string[] = [];
        for (const fields of [
          { role: 'admin' },
          { role: 'admin' },
          { role: 'admin', expiresAt: time + 1 },
          {},
        ] as const) {
          keys.push((await desk.add(fields)).key.id);
        }
        await Promise.all(
          acts.map(async ({ key, deed, pauses }) => {
            const slow = new KeyDesk({ table: new SlowTable(table, pauses), changed: async () => {}, now: () => time });
            await deeds[deed](slow, keys[key] ?? '').catch((error: unknown) =>
              expect(error).toBeInstanceOf(GatewayError),
            );
          }),
        );
        const left = await desk.list();
        expect(left.some((key) => isLastingAdmin(key, time))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

const deeds = {
  remove: (who: KeyDesk, id: string) => who.remove(id),
  demote: (who: KeyDesk, id: string) => who.change(id, { role: 'user' }),
  promote: (who: KeyDesk, id: string) => who.change(id, { role: 'admin' }),
  end: (who: KeyDesk, id: string) => who.change(id, { expiresAt: time + 1 }),
  prolong: (who: KeyDesk, id: string) => who.change(id, { expiresAt: undefined }),
  name: (who: KeyDesk, id: string) => who.change(id, { name: 'new' }),
} as const;

/** A table whose calls take some turns of the event loop before they are done. */
class SlowTable extends MemoryTable {
  readonly #table: MemoryTable;
  readonly #pauses: readonly number[];
  #calls = 0;

  constructor(under: MemoryTable, pauses: readonly number[]) {
    super();
    this.#table = under;
    this.#pauses = pauses;
  }

  async #pause(): Promise<void> {
    const turns = this.#pauses[this.#calls++ % this.#pauses.length] ?? 0;
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
  }

  override async query(...words: Parameters<MemoryTable['query']>) {
    await this.#pause();
    return this.#table.query(...words);
  }

  override async update(...words: Parameters<MemoryTable['update']>) {
    await this.#pause();
    return this.#table.update(...words);
  }

  override async delete(...words: Parameters<MemoryTable['delete']>) {
    await this.#pause();
    return this.#table.delete(...words);
  }
}

/** As if the function ended right before it deletes. */
class NoDeletes extends SlowTable {
  constructor(under: MemoryTable) {
    super(under, [0]);
  }

  override delete(): Promise<never> {
    return Promise.reject(new Error('killed'));
  }
}
