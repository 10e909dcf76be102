import { createHash, createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Simulator, startSimulator } from '../../../local/simulator/simulator.ts';
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
  bucketname: z.string(),
});
type UploadToken = z.infer<typeof tokenSchema>;

async function announce(filesize: number): Promise<UploadToken> {
  const asked = { filename: 'a.mp4', filesize, filetype: 'video' };
  const answer = await client.call('POST', '/api/v2/files/getstsToken', asked);
  return z.object({ data: tokenSchema }).parse(answer.json).data;
}

interface Signing {
  readonly at?: number;
  /** Signed as additional headers, with the values that are sent. */
  readonly more?: Readonly<Record<string, string>>;
  /** As the header lists them. */
  readonly listed?: string;
}

/** Signs after the vendor's documentation of version 4. */
function sign(token: UploadToken, { at = Date.now(), more = {}, listed }: Signing = {}): Record<string, string> {
  const dateTime = new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');
  const always = {
    'content-type': 'video/mp4',
    'x-oss-content-sha256': 'UNSIGNED-PAYLOAD',
    'x-oss-date': dateTime,
    'x-oss-security-token': token.security_token,
  };
  const lines = Object.entries({ ...always, ...more }).sort(([one], [other]) => (one < other ? -1 : 1));
  const names = listed ?? Object.keys(more).sort().join(';');
  const headers = lines.map(([name, value]) => `${name}:${value}\n`).join('');
  const canonical = `PUT\n/${token.bucketname}/${token.file_path}\n\n${headers}\n${names}\nUNSIGNED-PAYLOAD`;
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const scope = [dateTime.slice(0, 8), 'ap-southeast-1', 'oss', 'aliyun_v4_request'];
  const key = scope.reduce<string | Buffer>(hmac, `aliyun_v4${token.access_key_secret}`);
  const digest = createHash('sha256').update(canonical).digest('hex');
  const signature = hmac(key, `OSS4-HMAC-SHA256\n${dateTime}\n${scope.join('/')}\n${digest}`).toString('hex');
  const additional = names === '' ? '' : `AdditionalHeaders=${names},`;
  const authorization = `OSS4-HMAC-SHA256 Credential=${token.access_key_id}/${scope.join('/')},${additional}Signature=${signature}`;
  return { ...always, ...more, authorization };
}

function put(
  token: UploadToken,
  headers: Record<string, string>,
  body: string | ReadableStream = 'data',
): Promise<Response> {
  return fetch(token.file_url.split('?')[0] ?? '', { method: 'PUT', headers, body, duplex: 'half' });
}

async function codeOf(answer: Response): Promise<string | undefined> {
  return /<Code>(\w+)<\/Code>/.exec(await answer.text())?.[1];
}

describe('a signature in the storage', () => {
  it('may bind more headers', async () => {
    const token = await announce(4);
    const headers = sign(token, { more: { 'content-length': '4', 'x-other': 'a' } });
    expect((await put(token, headers)).status).toBe(200);
    expect(await codeOf(await put(token, { ...headers, 'x-other': 'b' }))).toBe('SignatureDoesNotMatch');
  });

  it.each([
    ['what is not sent', 'content-length;x-absent'],
    ['what is not sorted', 'x-other;content-length'],
    ['names in capitals', 'Content-Length;x-other'],
    ['no name', 'content-length;;x-other'],
  ])('may not list %s', async (_, listed) => {
    const token = await announce(4);
    const headers = sign(token, { more: { 'content-length': '4', 'x-other': 'a' }, listed });
    const refused = await put(token, headers);
    expect(refused.status).toBe(400);
    expect(await codeOf(refused)).toBe('InvalidArgument');
  });

  const minutes = (count: number) => Date.now() + count * 60_000;
  it.each([
    [-14, 200, undefined],
    [14, 200, undefined],
    [-16, 403, 'RequestTimeTooSkewed'],
    [16, 403, 'RequestTimeTooSkewed'],
  ])('of %d minutes from now is answered with %d', async (count, status, code) => {
    const token = await announce(4);
    const answer = await put(token, sign(token, { at: minutes(count) }));
    expect(answer.status).toBe(status);
    expect(await codeOf(answer)).toBe(code);
  });

  it('has a date that can be read', async () => {
    const token = await announce(4);
    const headers = { ...sign(token), 'x-oss-date': 'today' };
    expect(await codeOf(await put(token, headers))).toBe('InvalidArgument');
  });
});

describe('a file in the storage', () => {
  it('is told of by its first byte', async () => {
    const token = await announce(4);
    await put(token, sign(token));
    const part = await fetch(token.file_url, { headers: { range: 'bytes=0-0' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe('bytes 0-0/4');
    expect(await part.text()).toBe('d');
  });

  it('that is large is counted and hashed, and not kept', async () => {
    const size = 9_000_000;
    const token = await announce(size);
    const bytes = Buffer.alloc(size, 'abc');
    const pieces = new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(bytes.subarray(0, 5_000_000)));
        controller.enqueue(new Uint8Array(bytes.subarray(5_000_000)));
        controller.close();
      },
    });
    const answer = await put(token, { ...sign(token), 'content-length': `${size}` }, pieces);
    expect(answer.status).toBe(200);
    const [upload] = simulator.control.uploads();
    expect(upload).toMatchObject({ size, sha256: createHash('sha256').update(bytes).digest('hex') });
    expect(upload?.bytes.length).toBeLessThan(size / 2);
    const part = await fetch(token.file_url, { headers: { range: 'bytes=0-0' } });
    expect(part.headers.get('content-range')).toBe(`bytes 0-0/${size}`);
    expect((await fetch(token.file_url)).status).toBe(501);
    const listed = await client.call('GET', '/__simulator/uploads');
    expect(listed.json).toMatchObject([{ size, sha256: upload?.sha256 }]);
    expect(simulator.control.violations()).toEqual([]);
  });
});
