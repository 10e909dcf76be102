import { describe, expect, it } from 'vitest';
import { identifyEmail, identifyToken } from '../../../../shared/accounts/account-identity.ts';
import { readDocument } from '../../../../shared/admin/backup/read-document.ts';
import { hashKey } from '../../../../shared/keys/hash-key.ts';
import { makeToken } from '../../../support/jwt.ts';

const token = makeToken({ id: 'user-1', exp: 1_900_000_000 });
const other = makeToken({ id: 'user-2', exp: 1_900_000_000 });
const hashOf = (key: string) => hashKey(key).toString('hex');

describe('data.json', () => {
  const document = {
    defaultHeaders: { 'user-agent': 'x' },
    defaultCookie: null,
    accounts: [
      { email: 'one@example.com', password: 'secret:1', token, expires: 1, proxy: null, stats: { chat: 1 } },
      { email: 'two@example.com', password: 'p', token: null, proxy: 'socks5://10.0.0.2:1080' },
      { email: 'no address', password: 'hidden-password' },
      7,
    ],
    apiKeys: ['sk-first-key-0123456789', 'sk-other'],
    settings: { outThink: false, searchInfoMode: 'table', chatRetryCount: 3, autoRefresh: true, proxyUrl: '' },
  };

  it.each([
    ['as JSON', document],
    ['as a text', JSON.stringify(document, null, 2)],
  ])('is read %s', async (_how, given) => {
    const read = await readDocument(given, undefined);
    expect(read).toMatchObject({
      format: 'qwen2api-data',
      settings: { OUTPUT_THINK: 'false', SEARCH_INFO_MODE: 'table' },
      accounts: [
        { ...identifyEmail('one@example.com'), secret: { email: 'one@example.com', password: 'secret:1', token } },
        { ...identifyEmail('two@example.com'), secret: { proxyUrl: 'socks5://10.0.0.2:1080' } },
      ],
      keys: [
        { role: 'admin', hash: hashOf('sk-first-key-0123456789'), name: 'data.json 1' },
        { role: 'user', hash: hashOf('sk-other'), notice: expect.stringContaining('guessed') },
      ],
    });
    expect(read.refused).toMatchObject([
      { kind: 'setting', name: 'chatRetryCount', reason: 'There is no such setting here.' },
      { kind: 'setting', name: 'autoRefresh', outcome: 'skipped' },
      { kind: 'account', name: 'entry 3', reason: expect.stringContaining('e-mail') },
      { kind: 'account', name: 'entry 4' },
      { kind: 'document', name: 'defaultHeaders' },
    ]);
    expect(JSON.stringify(read.refused)).not.toContain('hidden-password');
  });

  it('takes keys that stand among the settings, the admin key first', async () => {
    const settings = { adminKey: 'sk-admin', apiKeys: 'sk-a, sk-admin' };
    const { keys, refused } = await readDocument({ settings }, undefined);
    expect(keys).toMatchObject([
      { role: 'admin', hash: hashOf('sk-admin') },
      { role: 'user', hash: hashOf('sk-a') },
    ]);
    expect(refused).toEqual([]);
  });
});

describe('session/tokens.json', () => {
  it('is a list of tokens whose ids are made up', async () => {
    const read = await readDocument(
      [
        { id: 'acc_1700000000000', token, resetAt: null, invalid: false },
        { id: 'acc_1700000000001', token: other, resetAt: '2026-11-22T00:00:00.000Z', invalid: true },
        { id: 'acc_1700000000002', token: 'short' },
      ],
      undefined,
    );
    expect(read).toMatchObject({
      format: 'tokens-registry',
      accounts: [
        { id: identifyToken(token).id, secret: { token } },
        { id: identifyToken(other).id, secret: { token: other } },
      ],
      refused: [{ kind: 'account', name: 'entry 3' }],
      keys: [],
    });
  });

  it('may be a plain list of texts, too', async () => {
    const read = await readDocument(JSON.stringify([token, 'a@b.c:pass']), undefined);
    expect(read).toMatchObject({
      format: 'account-list',
      accounts: [{ secret: { token } }, { secret: { password: 'pass' } }],
    });
  });
});

describe('.env', () => {
  const text = `
# a comment
API_KEY=sk-admin-0123456789ab, sk-user-0123456789abc
export API_KEYS="sk-more-0123456789abc"
ACCOUNTS=one@example.com:pass:1|http://10.0.0.1:8080,two@example.com:b
QWEN_TOKENS='${token},${other}'
LOG_LEVEL=DEBUG
OUTPUT_THINK=TRUE
SERVICE_PORT=3000
LISTEN_ADDRESS=
DATA_SAVE_MODE=redis
REDIS_URL=redis://somebody:hidden-word@host
MODEL_MAP=*=qwen3.8-max-thinking,claude-opus-5=qwen3.8-max
ANTIDETECT_TIER1_ENABLED=true
ORIGIN_SECRET=hidden-origin-secret
WEBHOOK_SECRET=whsec_${Buffer.alloc(24, 7).toString('base64')}
`;

  it('gives keys, accounts, aliases and settings by their names, and says why the rest is left', async () => {
    const read = await readDocument(text, undefined);
    expect(read).toMatchObject({
      format: 'environment',
      keys: [
        { name: 'API_KEY 1', role: 'admin' },
        { name: 'API_KEY 2', role: 'user' },
        { name: 'API_KEYS 1', role: 'user' },
      ],
      accounts: [
        { secret: { token } },
        { secret: { token: other } },
        { secret: { email: 'one@example.com', password: 'pass:1', proxyUrl: 'http://10.0.0.1:8080/' } },
        { secret: { password: 'b' } },
      ],
      settings: { LOG_LEVEL: 'debug', OUTPUT_THINK: 'true' },
      aliases: [
        { pattern: 'claude-opus-5', model: 'qwen3.8-max' },
        { pattern: '*', model: 'qwen3.8-max-thinking' },
      ],
      webhookSecret: expect.stringMatching(/^whsec_/),
    });
    expect(Object.keys(read.settings)).toHaveLength(2);
    expect(read.refused.map(({ kind, name }) => `${kind} ${name}`).toSorted()).toEqual([
      'setting ANTIDETECT_TIER1_ENABLED',
      'setting DATA_SAVE_MODE',
      'setting ORIGIN_SECRET',
      'setting REDIS_URL',
      'setting SERVICE_PORT',
    ]);
    expect(JSON.stringify(read.refused)).not.toContain('hidden');
  });

  it('refuses a webhook secret that is none, without repeating it', async () => {
    const read = await readDocument('WEBHOOK_SECRET=whsec_short', undefined);
    expect(read).toMatchObject({ webhookSecret: undefined, refused: [{ kind: 'webhook' }] });
    expect(JSON.stringify(read)).not.toContain('whsec_short');
  });
});

describe('lines', () => {
  it('of Authorization.txt are keys, the first of them the admin key; comments and empty lines are none', async () => {
    const read = await readDocument('# keys\n\nsk-one-0123456789abcd\r\n  key two\n# off\n', undefined);
    expect(read).toMatchObject({
      format: 'lines',
      keys: [
        { name: 'line 3', role: 'admin', hash: hashOf('sk-one-0123456789abcd') },
        { name: 'line 4', role: 'user', hash: hashOf('key two') },
      ],
      accounts: [],
    });
  });

  it('may be tokens and addresses, also as comma lists', async () => {
    const read = await readDocument(`${token}, ${other}\nthree@example.com:with,comma|socks5://h:1\n`, undefined);
    expect(read.keys).toEqual([]);
    expect(read.accounts).toMatchObject([
      { secret: { token } },
      { secret: { token: other } },
      { secret: { password: 'with,comma', proxyUrl: 'socks5://h:1' } },
    ]);
  });
});

it.each([['   '], [{}], [{ format: 'other' }], ['{"broken'], ['[1,']])('refuses %j', async (document) => {
  const read = Promise.resolve().then(() => readDocument(document, undefined));
  await expect(read).rejects.toMatchObject({ status: 400, param: 'document' });
});
