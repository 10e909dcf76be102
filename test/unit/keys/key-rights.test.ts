import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../../shared/chat/errors/gateway-error.ts';
import { createAuthorize, createReauthorize } from '../../../shared/composition/authorize.ts';
import type { KeyLimits } from '../../../shared/keys/gateway-key.ts';
import { hashKey } from '../../../shared/keys/hash-key.ts';
import { KeyRing } from '../../../shared/keys/key-ring.ts';
import { addStoredKey } from '../../../shared/keys/stored-keys.ts';
import { AliasTable } from '../../../shared/models/alias-table.ts';
import { ModelNames } from '../../../shared/models/model-names.ts';
import { groupOf, routeGroups } from '../../../shared/routes/route-groups.ts';
import { routes } from '../../../shared/routes.ts';
import { MemoryTable } from '../../support/memory-table.ts';
import { catalogue } from '../models/catalogue.ts';

const plain = 'sk-property-0123456789';
const hash = hashKey(plain).toString('hex');
const closed = { openMode: false, publicModels: false, passThrough: false };
const ids = catalogue.map(({ id }) => id);

const limits = fc.record(
  {
    expiresAt: fc.integer({ min: 0, max: 100 }),
    models: fc.subarray(ids, { minLength: 1 }),
    routes: fc.subarray([...routeGroups], { minLength: 1 }),
  },
  { requiredKeys: [] },
);
const role = fc.constantFrom('admin', 'user');

/** A key of these limits, and what holds it to them. */
async function keyed(facts: KeyLimits, who: 'admin' | 'user') {
  const table = new MemoryTable();
  await addStoredKey(table, { id: 'key-1', hash, name: 'a', role: who, source: 'admin', ...facts });
  const ring = new KeyRing(table);
  const aliases = new AliasTable({ table, initial: [{ pattern: 'alias', model: ids[0] ?? '' }] });
  return { ring, names: new ModelNames({ catalogue: { models: async () => catalogue }, aliases, builtIn: [] }) };
}

/** Whether it went well; faults of our own are none of the answers. */
async function passes(attempt: Promise<unknown>): Promise<boolean> {
  try {
    await attempt;
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(GatewayError);
    return false;
  }
}

describe('a key', () => {
  it('reaches a route exactly when its role, its routes and its time let it', async () => {
    const moment = fc.integer({ min: 0, max: 100 });
    await fc.assert(
      fc.asyncProperty(limits, role, fc.constantFrom(...routes), moment, async (facts, who, route, now) => {
        const { ring } = await keyed(facts, who);
        const reached = await passes(createAuthorize(ring, { ...closed, now: () => now })(plain, route));
        const group = groupOf(route);
        const isAllowed =
          (facts.expiresAt === undefined || now < facts.expiresAt) &&
          (route.access !== 'admin' || who === 'admin') &&
          (group === undefined || (facts.routes?.includes(group) ?? true));
        expect(reached).toBe(isAllowed || route.access === 'anyone');
      }),
      { numRuns: 500 },
    );
  });

  it('reaches no model but its own, by whatever name', async () => {
    const name = fc
      .tuple(
        fc.constantFrom('', 'claude-'),
        fc.constantFrom(...ids, 'alias'),
        fc.constantFrom('', '-thinking', '-search-fast'),
      )
      .map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(limits, name, async ({ models, ...facts }, asked) => {
        const { names } = await keyed(facts, 'user');
        const rights = models === undefined ? {} : { models };
        const meant = await names.find(asked, {}).catch(() => undefined);
        const served = await names.find(asked, rights).catch(() => undefined);
        const isAllowed = meant !== undefined && (models === undefined || models.includes(meant.model.id));
        expect(served?.model.id).toBe(isAllowed ? meant?.model.id : undefined);
      }),
      { numRuns: 500 },
    );
  });

  it('whose time is over is told so even where none is needed', async () => {
    const { ring } = await keyed({ expiresAt: 50 }, 'user');
    const authorize = createAuthorize(ring, { openMode: true, publicModels: true, passThrough: true, now: () => 50 });
    const route = { access: 'setting', function: 'models' } as const;
    await expect(authorize(plain, route)).rejects.toMatchObject({ status: 401, code: 'api_key_expired' });
  });

  it('hands its limits on to what serves the request, and nothing of itself', async () => {
    const { ring } = await keyed(
      { models: ['a'], routes: ['chat'], conversations: 'always-new', expiresAt: 99 },
      'user',
    );
    const authorize = createAuthorize(ring, { ...closed, now: () => 1 });
    const caller = await authorize(plain, { access: 'key', function: 'chat-completions' });
    const limited = { models: ['a'], routes: ['chat'], conversations: 'always-new' };
    expect(caller).toStrictEqual({ id: 'key-1', role: 'user', ...limited });
  });
});

describe('what is done without its caller', () => {
  it('is held to the key as it is then, without an admin’s rights', async () => {
    const { ring } = await keyed({ models: ['a'], expiresAt: 50 }, 'admin');
    expect(await createReauthorize(ring, () => 49)('key-1')).toStrictEqual({
      id: 'key-1',
      role: 'user',
      models: ['a'],
    });
    await expect(createReauthorize(ring, () => 50)('key-1')).rejects.toMatchObject({ code: 'api_key_expired' });
    await expect(createReauthorize(ring)('key-2')).rejects.toMatchObject({ status: 401, code: 'invalid_api_key' });
    const images = await keyed({ routes: ['images'] }, 'user');
    await expect(createReauthorize(images.ring)('key-1')).rejects.toMatchObject({ code: 'permission_denied' });
  });

  it('is done for callers without a key in open mode', async () => {
    const { ring } = await keyed({}, 'user');
    expect(await createReauthorize(ring)('anonymous')).toEqual({ id: 'anonymous', role: 'user' });
  });
});
