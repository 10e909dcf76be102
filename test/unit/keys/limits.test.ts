import { describe, expect, it } from 'vitest';
import { hashKey } from '../../../shared/keys/hash-key.ts';
import { KeyRing } from '../../../shared/keys/key-ring.ts';
import type { Attributes } from '../../../shared/store/attributes.ts';
import { gatewayKeyKey } from '../../../shared/store/keys.ts';
import { MemoryTable } from '../../support/memory-table.ts';

const plain = 'sk-limited-0123456789';
const row = gatewayKeyKey(hashKey(plain).toString('hex'));
const least = { id: 'key-1', name: 'a', role: 'user' };

/** The key that a row of these attributes is. */
async function keyOf(attributes: Attributes) {
  const table = new MemoryTable();
  await table.put(row, { ...least, source: 'admin', ...attributes });
  return new KeyRing(table).find(plain);
}

describe('the limits of a key', () => {
  it('are none when its row says nothing of them, as rows of older versions', async () => {
    expect(await keyOf({})).toStrictEqual(least);
  });

  it('are what its row says', async () => {
    const limits = { expiresAt: 5, models: ['a', 'b*'], routes: ['chat', 'files'], conversations: 'always-new' };
    const found = await keyOf({ ...limits, createdAt: 3, leavingUntil: 4, future: { more: true } });
    expect(found).toStrictEqual({ ...least, ...limits });
  });

  it('are none where lists are empty', async () => {
    expect(await keyOf({ models: [], routes: [] })).toStrictEqual(least);
  });

  it.each([
    [{ expiresAt: 'tomorrow' }, { expiresAt: 0 }],
    [{ expiresAt: null }, { expiresAt: 0 }],
    [{ models: 'qwen3.7-plus' }, { models: [] }],
    [{ models: null }, { models: [] }],
    [{ models: [7, { a: 1 }] }, { models: [] }],
    [{ models: ['a', 7] }, { models: ['a'] }],
    [{ routes: { chat: true } }, { routes: [] }],
    [{ routes: ['chat', 'future'] }, { routes: ['chat'] }],
    [{ routes: ['future'] }, { routes: [] }],
    [{ conversations: 'future' }, { conversations: 'never-fold' }],
    [{ role: 'owner' }, { role: 'user' }],
  ] as const)('are the lesser right where %j can’t be read', async (attributes, limits) => {
    expect(await keyOf(attributes)).toStrictEqual({ ...least, ...limits });
  });
});

describe('KeyRing', () => {
  it('finds a key by its id, were it only just added', async () => {
    const table = new MemoryTable();
    const ring = new KeyRing(table);
    expect(await ring.findById('key-1')).toBeUndefined();
    await table.put(row, least);
    expect(await ring.findById('key-1')).toMatchObject({ id: 'key-1', role: 'user' });
  });

  it('forgets a removed key at once where it is told', async () => {
    const table = new MemoryTable();
    await table.put(row, least);
    const ring = new KeyRing(table);
    expect(await ring.find(plain)).toBeDefined();
    await table.delete(row);
    await ring.refresh();
    expect(await ring.find(plain)).toBeUndefined();
  });
});
