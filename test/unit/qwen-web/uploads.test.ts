import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../../local/simulator/simulator.ts';
import { DocumentUnreadableError, UpstreamUnavailableError } from '../../../shared/chat/errors/answer-faults.ts';
import type { ChatUpstream, Credentials } from '../../../shared/chat/upstream.ts';
import { createQwenWebUpstream } from '../../../shared/upstreams/qwen-web/qwen-web-upstream.ts';
import { mp4File, pdfFile, pngFile, wavFile } from '../../support/sample-files.ts';
import { chatRequest } from './chat-request.ts';
import { never, read } from './chat-site.ts';
import { fakeSite, json } from './fake-site.ts';
import { fixtureJson } from './fixtures.ts';

const email = 'owner@example.com';
const picture = { name: 'my circle (1).png', mediaType: 'image/png', bytes: pngFile() };
const document = { name: 'Notizen für März.pdf', mediaType: 'application/pdf', bytes: pdfFile };

let simulator: Simulator;
let upstream: ChatUpstream;
let credentials: Credentials;
beforeAll(async () => {
  simulator = await startSimulator();
  upstream = createQwenWebUpstream({ baseUrl: simulator.url, idleSeconds: 60, chatTitle: 'A title' });
});
beforeEach(() => {
  simulator.control.reset();
  credentials = { token: simulator.control.accounts.token(email), cookie: 'a=b' };
});
afterAll(() => simulator.close());

const routes = () => simulator.control.requests().map(({ route }) => route);

/** The names and kinds of a value's fields, which tell forms apart. */
function formOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, formOf(field)]));
}

interface Recorded {
  readonly messages: readonly [{ readonly files: readonly object[] }];
}

describe('an upload', () => {
  it.each([
    ['requests/completion-vision.json', picture],
    ['requests/completion-document.json', document],
  ])('has the form of a recorded one: %s', async (fixture, file) => {
    const { reference } = await upstream.upload(file, credentials, never);
    const [recorded] = fixtureJson<Recorded>(fixture).messages[0].files;
    expect(formOf(reference)).toEqual(formOf(recorded));
    const id = simulator.control.uploads()[0]?.id;
    expect(reference).toMatchObject({ id, name: file.name, size: file.bytes.length, file_type: file.mediaType });
  });

  it('puts the bytes into the storage as they are, under a signature that it takes', async () => {
    await upstream.upload(picture, credentials, never);
    expect(simulator.control.uploads()).toMatchObject([
      { account: email, name: picture.name, contentType: 'image/png', bytes: picture.bytes },
    ]);
    expect(simulator.control.violations()).toEqual([]);
  });

  it('shows the storage nothing of the account, and learns no cookies there', async () => {
    const kept: string[] = [];
    await upstream.upload(picture, { ...credentials, keepCookies: (cookies) => kept.push(...cookies) }, never);
    const put = simulator.control.requests().find(({ route }) => route === 'upload');
    expect(put?.headers).not.toHaveProperty('cookie');
    expect(JSON.stringify(put?.headers)).not.toContain(credentials.token);
    expect(kept).toEqual([]);
  });

  it.each([
    ['image', 'vision', picture],
    ['video', 'video', { name: 'a.mp4', mediaType: 'video/mp4', bytes: mp4File }],
    ['audio', 'audio', { name: 'a.wav', mediaType: 'audio/wav', bytes: wavFile }],
    ['file', 'document', document],
  ])('tells the kind: %s', async (type, fileClass, file) => {
    const { reference } = await upstream.upload(file, credentials, never);
    expect(reference).toMatchObject({ type, showType: type, file_class: fileClass });
    const asked = simulator.control.requests().find(({ route }) => route === 'upload-token')?.body;
    expect(asked).toEqual({ filename: file.name, filesize: String(file.bytes.length), filetype: type });
  });

  it('asks for the reading of documents only, until they are read', async () => {
    await upstream.upload(picture, credentials, never);
    expect(routes()).toEqual(['upload-token', 'upload']);
    await upstream.upload(document, credentials, never);
    expect(routes().slice(2)).toEqual(['upload-token', 'upload', 'parse', 'parse-status', 'parse-status']);
  });

  it('can be asked about', async () => {
    const part = { type: 'file', url: 'data:any' } as const;
    const uploads = new Map([[part.url, await upstream.upload(document, credentials, never)]]);
    const messages = [{ role: 'user', content: [part] } as const];
    const answer = await upstream.chat(chatRequest({ messages, uploads }), credentials, never);
    const said = (await read(answer)).map((event) => (event.type === 'text-delta' ? event.text : ''));
    expect(said.join('')).toContain(`${document.name} (file, ${pdfFile.length} bytes)`);
  });

  it('may be used for an hour less the time of a request', async () => {
    const before = Date.now();
    const { usableUntil } = await upstream.upload(picture, credentials, never);
    expect(usableUntil).toBeGreaterThanOrEqual(before + 59 * 60_000);
    expect(usableUntil).toBeLessThanOrEqual(Date.now() + 59 * 60_000);
  });
});

describe('a refused upload', () => {
  it.each([
    ['storage-denied', 'upload', { upstreamCode: 'SecurityTokenExpired', fault: 'transport', advice: 'once' }],
    ['storage-failed', 'upload', { upstreamCode: 'InternalError', fault: 'transport', advice: 'once' }],
    ['reset', 'upload', { code: 'upstream_unavailable', advice: 'once' }],
    ['unauthorized-200', 'upload-token', { code: 'account_signed_out', advice: 'renew-token' }],
    ['rate-limited', 'upload-token', { code: 'insufficient_quota', advice: 'other-account' }],
    ['rgv587', 'upload-token', { code: 'account_challenged' }],
    ['internal-500', 'parse', { code: 'upstream_unavailable' }],
    ['unauthorized-401', 'parse-status', { code: 'account_signed_out' }],
  ] as const)('%s at %s says whose fault it is', async (fault, route, expected) => {
    simulator.control.fault({ fault, route });
    await expect(upstream.upload(document, credentials, never)).rejects.toMatchObject(expected);
  });

  it('by the storage never counts against the account', async () => {
    simulator.control.fault({ fault: 'storage-denied' });
    const refusal = upstream.upload(picture, credentials, never);
    await expect(refusal).rejects.toBeInstanceOf(UpstreamUnavailableError);
  });

  it('for a document that can’t be read is the document’s fault', async () => {
    simulator.control.fault({ fault: 'parse-failed' });
    const refusal = upstream.upload(document, credentials, never);
    await expect(refusal).rejects.toBeInstanceOf(DocumentUnreadableError);
    await expect(refusal).rejects.toMatchObject({ status: 400, fault: 'content' });
    await expect(refusal).rejects.toThrow(document.name);
  });

  it.each([
    'access_key_id',
    'access_key_secret',
    'security_token',
    'bucketname',
    'region',
    'endpoint',
    'file_path',
    'file_url',
    'file_id',
  ])('by a grant without its %s is told', async (missing) => {
    const grant = fixtureJson<{ data: object }>('files/sts-v2.json');
    const site = await fakeSite({
      'POST /api/v2/files/getstsToken': json({ ...grant, data: { ...grant.data, [missing]: null } }),
    });
    await expect(site.upstream.upload(picture, { token: 'a' }, never)).rejects.toMatchObject({
      status: 502,
      upstreamCode: 'bad_grant',
    });
  });

  it.each(['https://example.com', 'oss.aliyuncs.com.example.com', 'http://oss-accelerate.aliyuncs.com'])(
    'by a grant for a foreign storage is told, and nothing is sent there: %s',
    async (endpoint) => {
      const grant = fixtureJson<{ data: object }>('files/sts-v2.json');
      const site = await fakeSite({
        'POST /api/v2/files/getstsToken': json({ ...grant, data: { ...grant.data, endpoint } }),
      });
      await expect(site.upstream.upload(picture, { token: 'a' }, never)).rejects.toMatchObject({
        status: 502,
        upstreamCode: 'foreign_storage',
      });
    },
  );
});

it('knows which pictures it holds already', () => {
  const held = (type: 'image' | 'video' | 'file', url: string) => upstream.holds({ type, url });
  expect(held('image', 'https://cdn.qwenlm.ai/output/a.png?key=k')).toBe(true);
  expect(held('image', 'https://bucket.oss-accelerate.aliyuncs.com/b.png')).toBe(true);
  expect(held('video', 'https://cdn.qwenlm.ai/output/a.mp4')).toBe(false);
  expect(held('image', 'https://example.com/a.png')).toBe(false);
  expect(held('image', 'data:image/png;base64,AAAA')).toBe(false);
});
