import { createHash, createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Simulator, startSimulator } from '../../../local/simulator/simulator.ts';
import { textOf } from './read-frames.ts';
import { formOf, recorded, recordedForm } from './recorded.ts';
import { SimulatorClient } from './simulator-client.ts';

let simulator: Simulator;
let client: SimulatorClient;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());
beforeEach(() => {
  simulator.control.reset();
  client = new SimulatorClient(simulator);
});

const tokenSchema = z.object({
  access_key_id: z.string(),
  access_key_secret: z.string(),
  security_token: z.string(),
  file_url: z.string(),
  file_path: z.string(),
  file_id: z.string(),
  bucketname: z.string(),
  region: z.string(),
  endpoint: z.string(),
});
type UploadToken = z.infer<typeof tokenSchema>;

async function announce(filename = 'my circle.png'): Promise<UploadToken> {
  const answer = await client.call('POST', '/api/v2/files/getstsToken', { filename, filesize: '4', filetype: 'image' });
  expect(formOf(answer.json)).toEqual(recordedForm('files/sts-v2.json'));
  return z.object({ data: tokenSchema }).parse(answer.json).data;
}

/** Everything but unreserved characters, as the vendor has it. */
function encodedPath({ file_path }: UploadToken): string {
  return Buffer.from(file_path)
    .toString('latin1')
    .replace(/[^\w./~-]/g, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`);
}

const compact = (date: Date) => date.toISOString().replace(/[-:]|\.\d+/g, '');

/** Signs as the vendor's documentation of version 4 says. */
function signV4(token: UploadToken, now = new Date()): Record<string, string> {
  const headers = {
    'content-type': 'image/png',
    'x-oss-content-sha256': 'UNSIGNED-PAYLOAD',
    'x-oss-date': compact(now),
    'x-oss-security-token': token.security_token,
  };
  const region = token.region.replace(/^oss-/, '');
  const scope = `${compact(now).slice(0, 8)}/${region}/oss/aliyun_v4_request`;
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const canonical = `PUT\n/${token.bucketname}/${encodedPath(token)}\n\n${lines.join('')}\n\nUNSIGNED-PAYLOAD`;
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const keys = [compact(now).slice(0, 8), region, 'oss', 'aliyun_v4_request'];
  const key = keys.reduce<string | Buffer>(hmac, `aliyun_v4${token.access_key_secret}`);
  const digest = createHash('sha256').update(canonical).digest('hex');
  const signature = hmac(key, `OSS4-HMAC-SHA256\n${headers['x-oss-date']}\n${scope}\n${digest}`).toString('hex');
  return {
    ...headers,
    authorization: `OSS4-HMAC-SHA256 Credential=${token.access_key_id}/${scope},Signature=${signature}`,
  };
}

function signV1(token: UploadToken, now = new Date()): Record<string, string> {
  const date = now.toUTCString();
  const text = `PUT\n\nimage/png\n${date}\nx-oss-security-token:${token.security_token}\n/${token.bucketname}/${token.file_path}`;
  const signature = createHmac('sha1', token.access_key_secret).update(text).digest('base64');
  const headers = { 'content-type': 'image/png', date, 'x-oss-security-token': token.security_token };
  return { ...headers, authorization: `OSS ${token.access_key_id}:${signature}` };
}

function put(token: UploadToken, headers: Record<string, string>): Promise<Response> {
  return fetch(token.file_url.split('?')[0] ?? '', { method: 'PUT', headers, body: 'data' });
}

describe('upload', () => {
  it.each([
    ['4', signV4],
    ['1', signV1],
  ])('is taken with signature version %s, and can be read back', async (_, sign) => {
    const token = await announce();
    expect((await put(token, sign(token))).status).toBe(200);
    const back = await fetch(token.file_url);
    expect(await back.text()).toBe('data');
    expect(back.headers.get('content-type')).toBe('image/png');
    expect(simulator.control.violations()).toEqual([]);
  });

  it('may name the bucket in the path', async () => {
    const token = await announce();
    const url = `${token.endpoint}/${token.bucketname}/${encodedPath(token)}`;
    expect((await fetch(url, { method: 'PUT', headers: signV4(token), body: 'data' })).status).toBe(200);
  });

  it.each([
    ['a wrong signature', { authorization: 'OSS STS.TESTKEYID:bm90aGluZw==' }, 'SignatureDoesNotMatch'],
    ['another security token', { 'x-oss-security-token': 'old' }, 'InvalidAccessKeyId'],
  ])('is refused for %s', async (_, wrong, code) => {
    const token = await announce();
    const answer = await put(token, { ...signV4(token), ...wrong });
    expect(answer.status).toBe(403);
    const tags = (xml: string) => xml.match(/<\/?\w+/g);
    const text = await answer.text();
    expect(text).toContain(`<Code>${code}</Code>`);
    expect(tags(text)).toEqual(tags(recorded('files/oss-error.xml')));
    expect((await fetch(token.file_url)).status).toBe(404);
  });

  it('is refused when nothing was announced', async () => {
    const token = await announce();
    const elsewhere = { ...token, file_url: `${simulator.url}/somebody/something` };
    expect((await put(elsewhere, signV4(token))).status).toBe(404);
  });

  it('should see no credentials of the chat host', async () => {
    const token = await announce();
    await put(token, { ...signV4(token), cookie: `token=${client.token}` });
    expect(simulator.control.violations()).toMatchObject([{ kind: 'credentials-to-storage' }]);
  });

  it('has a flat first version', async () => {
    const answer = await client.call('POST', '/api/v1/files/getstsToken', {
      filename: 'a',
      filesize: 4,
      filetype: 'file',
    });
    expect(formOf(answer.json)).toEqual(recordedForm('files/sts-v1.json'));
  });

  it.each([
    [{ filename: 'a.png', filetype: 'image' }],
    [{ filename: 'a.png', filesize: '0', filetype: 'image' }],
    [{ filename: 'a.png', filesize: 'much', filetype: 'image' }],
    [{ filename: 'a.png', filesize: 20_000_001, filetype: 'image' }],
    [{ filename: 5, filesize: '4', filetype: 'image' }],
    [{ filename: 'a.png', filesize: '4' }],
  ])('is not allowed without all that is asked for: %j', async (body) => {
    const answer = await client.call('POST', '/api/v2/files/getstsToken', body);
    expect(answer.json).toMatchObject({ success: false, data: { code: 'RequestValidationError' } });
  });

  it('is counted, and must have the size that was announced', async () => {
    const token = await announce();
    await put(token, signV4(token));
    expect(simulator.control.uploads()).toMatchObject([
      { id: token.file_id, account: client.email, name: 'my circle.png', contentType: 'image/png' },
    ]);
    const answer = await client.call('POST', '/api/v2/files/getstsToken', {
      filename: 'a.png',
      filesize: 5,
      filetype: 'image',
    });
    const other = z.object({ data: tokenSchema }).parse(answer.json).data;
    await put(other, signV4(other));
    expect(simulator.control.violations()).toMatchObject([{ kind: 'wrong-file-size', detail: '5 announced, 4 sent' }]);
    const listed = await client.call('GET', '/__simulator/uploads');
    expect(listed.json).toMatchObject([
      { id: token.file_id, size: 4 },
      { id: other.file_id, size: 4 },
    ]);
    simulator.control.reset();
    expect(simulator.control.uploads()).toEqual([]);
  });

  it('of a name with any characters is signed as the storage encodes them', async () => {
    const token = await announce("it's (a) *test*!.png");
    expect((await put(token, signV4(token))).status).toBe(200);
  });

  it.each([
    ['storage-denied', 403, 'SecurityTokenExpired'],
    ['storage-failed', 500, 'InternalError'],
  ] as const)('may fail: %s', async (fault, status, code) => {
    simulator.control.fault({ fault });
    const token = await announce();
    const answer = await put(token, signV4(token));
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain(`<Code>${code}</Code>`);
    expect((await put(token, signV4(token))).status).toBe(200);
  });
});

describe('a message with an upload', () => {
  const file = (token: UploadToken, type: string) => ({ type, id: token.file_id, name: 'a.png', url: token.file_url });

  it('is answered with what was seen', async () => {
    const token = await announce();
    await put(token, signV4(token));
    const answer = await client.ask({ files: [file(token, 'image')] });
    expect(textOf(answer.text)).toContain('With it came: a.png (image, 4 bytes).');
    expect(simulator.control.violations()).toEqual([]);
  });

  it.each([
    ['that was never put into the storage', 'image', false, 'owner@example.com'],
    ['of another account', 'image', true, 'other@example.com'],
    ['that was not read', 'file', true, 'owner@example.com'],
  ])('%s is refused', async (_, type, isStored, email) => {
    const token = await announce();
    if (isStored) await put(token, signV4(token));
    simulator.control.accounts.add({ email: 'other@example.com', password: 'a' });
    const answer = await new SimulatorClient(simulator, email).ask({ files: [file(token, type)] });
    expect(answer.json).toMatchObject({ success: false });
    expect(simulator.control.violations()).toMatchObject([{ kind: 'unusable-file', account: email }]);
  });
});

describe('document', () => {
  async function statusOf(id: string): Promise<unknown> {
    return (await client.call('POST', '/api/v2/files/parse/status', { file_id_list: [id] })).json;
  }

  it('is read after a while', async () => {
    const token = await announce('notes.pdf');
    await put(token, signV4(token));
    const parse = await client.call('POST', '/api/v2/files/parse', { file_id: token.file_id });
    expect(formOf(parse.json)).toEqual(recordedForm('files/parse.json'));
    const first = await statusOf(token.file_id);
    expect(formOf(first)).toEqual(recordedForm('files/parse-status-running.json'));
    expect(first).toMatchObject({ data: [{ file_id: token.file_id, status: 'running' }] });
    expect(await statusOf(token.file_id)).toMatchObject({ data: [{ status: 'success' }] });
  });

  it('fails when it was never uploaded', async () => {
    const token = await announce('notes.pdf');
    expect(await statusOf(token.file_id)).toMatchObject({ data: [{ status: 'failed' }] });
  });
});
