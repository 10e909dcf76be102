import { describe, expect, it } from 'vitest';
import { CallerToken } from '../../../shared/chat/caller-token.ts';
import { createAuthorize } from '../../../shared/composition/authorize.ts';
import { authenticate } from '../../../shared/http/middlewares/authenticate.ts';
import { hashKey } from '../../../shared/keys/hash-key.ts';
import { KeyRing } from '../../../shared/keys/key-ring.ts';
import { addStoredKey } from '../../../shared/keys/stored-keys.ts';
import { makeToken } from '../../support/jwt.ts';
import { MemoryTable } from '../../support/memory-table.ts';

const now = Date.UTC(2026, 10, 21);
const token = makeToken({ id: 'guest', exp: now / 1000 + 900 });
const other = makeToken({ id: 'other', exp: now / 1000 + 900 });
const expired = makeToken({ id: 'guest', exp: now / 1000 - 1 });
const closed = { openMode: false, publicModels: false, passThrough: true, now: () => now };

const route = { access: 'key', function: 'chat-completions' } as const;

async function newAuthorize(options = closed, keys: Readonly<Record<string, 'admin' | 'user'>> = {}) {
  const table = new MemoryTable();
  for (const [key, role] of Object.entries(keys)) {
    const hash = hashKey(key).toString('hex');
    await addStoredKey(table, { id: `key-${role}`, hash, name: role, role, source: 'test' });
  }
  return createAuthorize(new KeyRing(table), options);
}

describe('createAuthorize', () => {
  it('takes tokens in place of a key, with the rights of a user key', async () => {
    const authorize = await newAuthorize();
    const caller = await authorize(`${token},${other}`, route);
    expect(caller).toMatchObject({ role: 'user', id: expect.stringMatching(/^pass-through:/) });
    expect(caller.tokens?.map((brought) => brought.reveal())).toEqual([token, other]);
    expect((await authorize(token, { ...route, access: 'setting' })).id).toBe(new CallerToken(token).id);
    await expect(authorize(token, { ...route, access: 'admin' })).rejects.toMatchObject({
      status: 403,
      code: 'permission_denied',
    });
  });

  it('takes none unless the owner allows it', async () => {
    const authorize = await newAuthorize({ ...closed, passThrough: false });
    for (const credential of [token, expired]) {
      await expect(authorize(credential, route)).rejects.toMatchObject({ status: 401, code: 'invalid_api_key' });
    }
  });

  it('takes a gateway key for a key, even if it looks like a token', async () => {
    const authorize = await newAuthorize(closed, { [token]: 'admin', 'sk-plain-0123456789': 'user' });
    for (const [credential, id] of [
      [token, 'key-admin'],
      ['sk-plain-0123456789', 'key-user'],
    ] as const) {
      const caller = await authorize(credential, route);
      expect(caller.id).toBe(id);
      expect(caller.tokens).toBeUndefined();
    }
  });

  it.each(['sk-wrong-0123456789', `${token},sk-wrong`, 'eyJ', undefined])('refuses %s as ever', async (credential) => {
    const refused = (await newAuthorize())(credential, route);
    await expect(refused).rejects.toMatchObject({ status: 401, code: 'invalid_api_key' });
  });

  it('says that a token has expired, also where no key is needed: its sender wants no other account', async () => {
    for (const openMode of [false, true]) {
      const refused = (await newAuthorize({ ...closed, openMode }))(expired, route);
      await expect(refused).rejects.toMatchObject({ status: 401, code: 'token_expired' });
    }
  });

  it('serves tokens by themselves in open mode, and others as ever', async () => {
    const authorize = await newAuthorize({ ...closed, openMode: true });
    expect((await authorize(token, route)).tokens).toHaveLength(1);
    expect(await authorize('anything', route)).toEqual({ id: 'anonymous', role: 'user' });
  });
});

describe('authenticate', () => {
  const match = { route, parameters: {} };

  async function callerOf(headers: object, query: object = {}) {
    const { before } = authenticate(await newAuthorize());
    const invocation = { match, event: { headers, queryStringParameters: query }, caller: undefined };
    await before?.(Object.assign(Object.create(null), { event: invocation }));
    return Object(invocation.caller);
  }

  it.each([{ authorization: `Bearer ${token},${other}` }, { 'x-api-key': token }, { 'x-goog-api-key': token }])(
    'reads tokens in %j',
    async (headers) => {
      expect(await callerOf(headers)).toMatchObject({ role: 'user', tokens: expect.any(Array) });
    },
  );

  it('refuses them in the URL, which others write down', async () => {
    await expect(callerOf({}, { key: token })).rejects.toMatchObject({ status: 401, message: /header/ });
    expect((await callerOf({ 'x-api-key': token }, { key: other })).tokens).toHaveLength(1);
  });
});
