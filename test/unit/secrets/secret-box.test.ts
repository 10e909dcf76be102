import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SecretBox } from '../../../shared/secrets/secret-box.ts';
import { SecretUnreadableError } from '../../../shared/secrets/secret-errors.ts';

const key = randomBytes(32);
const box = new SecretBox(async () => key);

describe('SecretBox', () => {
  it('opens what it sealed, for any text and account', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.string({ minLength: 1 }), async (text, account) => {
        expect(await box.open(await box.seal(text, account), account)).toBe(text);
      }),
    );
  });

  it('never seals the same twice, and shows nothing of the text', async () => {
    const sealed = await Promise.all(Array.from({ length: 50 }, () => box.seal('a very secret text', 'a')));
    expect(new Set(sealed).size).toBe(50);
    expect(sealed.join()).not.toContain('secret');
    expect(sealed[0]).toMatch(/^v1\.[\w-]{16}\.[\w-]+$/);
  });

  it('does not open what is for another account', async () => {
    const sealed = await box.seal('text', 'account-a');
    await expect(box.open(sealed, 'account-b')).rejects.toThrow(SecretUnreadableError);
  });

  it('does not open what another key has sealed', async () => {
    const other = new SecretBox(async () => randomBytes(32));
    const error = await other.open(await box.seal('hidden text', 'a'), 'a').catch((thrown) => thrown);
    expect(error).toMatchObject({ status: 500, code: 'secret_unreadable', shouldRetry: false });
    expect(error.message).not.toContain('hidden');
  });

  it('notices every changed byte', async () => {
    const [version, nonce = '', body = ''] = (await box.seal('text', 'a')).split('.');
    for (const [part, rebuild] of [
      [nonce, (changed: string) => `${version}.${changed}.${body}`],
      [body, (changed: string) => `${version}.${nonce}.${changed}`],
    ] as const) {
      const bytes = Buffer.from(part, 'base64url');
      for (let at = 0; at < bytes.length; at++) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ 1;
        await expect(box.open(rebuild(changed.toString('base64url')), 'a')).rejects.toThrow(SecretUnreadableError);
      }
    }
  });

  it.each(['', 'v1', 'v1..', 'v1.AAAA', 'v2.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAA', 'v1.a.b.c', 'plain text'])(
    'refuses %j',
    async (text) => {
      await expect(box.open(text, 'a')).rejects.toThrow(SecretUnreadableError);
    },
  );

  it('refuses a shortened tag', async () => {
    const [version, nonce, body = ''] = (await box.seal('', 'a')).split('.');
    const short = Buffer.from(body, 'base64url').subarray(0, 12).toString('base64url');
    await expect(box.open(`${version}.${nonce}.${short}`, 'a')).rejects.toThrow(SecretUnreadableError);
  });

  it('fetches the key once for all, and again only after a failure', async () => {
    let fetches = 0;
    const lazy = new SecretBox(async () => {
      fetches += 1;
      if (fetches === 1) throw new Error('away');
      return key;
    });
    expect(fetches).toBe(0);
    const failed = await Promise.allSettled([lazy.seal('a', 'a'), lazy.seal('b', 'a')]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(fetches).toBe(1);
    await Promise.all([lazy.seal('a', 'a'), lazy.seal('b', 'a'), lazy.seal('c', 'a')]);
    await lazy.seal('d', 'a');
    expect(fetches).toBe(2);
  });
});

describe('keys for other purposes', () => {
  it('are the same wherever the key is, and others for each purpose', async () => {
    const boxOf = (fill: number) => new SecretBox(async () => Buffer.alloc(32, fill));
    const one = await boxOf(1).derive('one');
    expect(one).toHaveLength(32);
    expect(await boxOf(1).derive('one')).toEqual(one);
    expect(await boxOf(1).derive('two')).not.toEqual(one);
    expect(await boxOf(2).derive('one')).not.toEqual(one);
    expect(one).not.toEqual(Buffer.alloc(32, 1));
  });
});
