import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openSecretBox } from '../../../shared/secrets/secret-box.ts';
import { SecretKeyUnavailableError } from '../../../shared/secrets/secret-errors.ts';
import { ensureSecretKey, fetchSecretKey } from '../../../shared/secrets/secret-key.ts';
import { ConfigurationError } from '../../../shared/store/store-errors.ts';
import { type ParameterStore, startParameterStore } from '../../support/parameter-store.ts';

const env = { SECRET_KEY_PARAMETER: '/gateway/key' };
let store: ParameterStore;

beforeAll(async () => {
  store = await startParameterStore();
});
beforeEach(() => {
  store.parameters.clear();
  store.asked.length = 0;
  store.intercept = () => undefined;
  vi.stubEnv('AWS_ENDPOINT_URL_SSM', store.url);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
});
afterEach(() => {
  vi.unstubAllEnvs();
});
afterAll(() => store.close());

describe('ensureSecretKey', () => {
  it('makes an encrypted parameter with 32 random bytes', async () => {
    expect(await ensureSecretKey(env)).toBe(true);
    const parameter = store.parameters.get('/gateway/key');
    expect(parameter?.type).toBe('SecureString');
    expect(Buffer.from(parameter?.value ?? '', 'base64')).toHaveLength(32);
    expect((await fetchSecretKey(env)).toString('base64')).toBe(parameter?.value);
  });

  it('leaves a key that is there', async () => {
    await ensureSecretKey(env);
    const before = store.parameters.get('/gateway/key');
    expect(await ensureSecretKey(env)).toBe(false);
    expect(store.parameters.get('/gateway/key')).toBe(before);
  });

  it('ends with one key when two make it at once', async () => {
    // Both look before either writes.
    const bothLooked = Promise.withResolvers<void>();
    let looks = 0;
    store.intercept = (operation) => {
      if (operation !== 'GetParameter') return undefined;
      looks += 1;
      if (looks === 2) bothLooked.resolve();
      return bothLooked.promise;
    };
    const made = await Promise.all([ensureSecretKey(env), ensureSecretKey(env)]);
    expect(made.toSorted()).toEqual([false, true]);
    expect(store.asked.filter((operation) => operation === 'PutParameter')).toHaveLength(2);
  });
});

describe('openSecretBox', () => {
  it('asks for the key when first needed, and once', async () => {
    await ensureSecretKey(env);
    store.asked.length = 0;
    const box = openSecretBox(env);
    expect(store.asked).toEqual([]);
    const sealed = await Promise.all([box.seal('one', 'a'), box.seal('two', 'a')]);
    expect(await openSecretBox(env).open(sealed[0] ?? '', 'a')).toBe('one');
    expect(store.asked).toEqual(['GetParameter', 'GetParameter']);
  });

  it('recovers from a failed call', async () => {
    await ensureSecretKey(env);
    const box = openSecretBox(env);
    store.intercept = () => {
      throw new Error('on purpose');
    };
    await expect(box.seal('text', 'a')).rejects.toMatchObject({ status: 503, code: 'secret_key_unavailable' });
    store.intercept = () => undefined;
    expect(await box.open(await box.seal('text', 'a'), 'a')).toBe('text');
  });

  it.each([
    ['missing', undefined],
    ['too short', Buffer.alloc(16).toString('base64')],
    ['no base64', 'a passphrase'],
  ])('says so when the key is %s, without showing it', async (_, value) => {
    if (value !== undefined) store.parameters.set('/gateway/key', { value, type: 'SecureString' });
    const error = await openSecretBox(env)
      .seal('text', 'a')
      .catch((thrown) => thrown);
    expect(error).toBeInstanceOf(SecretKeyUnavailableError);
    expect(error.message).toContain('/gateway/key');
    if (value !== undefined) expect(error.message).not.toContain(value);
  });

  it('says so when the parameter has no name', async () => {
    await expect(openSecretBox({}).seal('text', 'a')).rejects.toThrow(ConfigurationError);
  });
});
