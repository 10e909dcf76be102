import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../../local/simulator/simulator.ts';
import type { AnnouncedFile, GrantForm, UploadGrant } from '../../../shared/chat/upload.ts';
import type { ChatUpstream, Credentials } from '../../../shared/chat/upstream.ts';
import { createQwenWebUpstream } from '../../../shared/upstreams/qwen-web/qwen-web-upstream.ts';
import { pdfFile, pngFile } from '../../support/sample-files.ts';
import { never } from './chat-site.ts';
import { type Answer, fakeSite, json } from './fake-site.ts';
import { fixtureText } from './fixtures.ts';

let simulator: Simulator;
let upstream: ChatUpstream;
let credentials: Credentials;
beforeAll(async () => {
  simulator = await startSimulator();
  upstream = createQwenWebUpstream({ baseUrl: simulator.url, idleSeconds: 60, chatTitle: 'A title' });
});
beforeEach(() => {
  simulator.control.reset();
  credentials = { token: simulator.control.accounts.token('owner@example.com'), cookie: 'a=b' };
});
afterAll(() => simulator.close());

const bytes = pngFile();
const picture: AnnouncedFile = { name: "it's (a) für.png", mediaType: 'image/png', size: bytes.length };
const md5 = createHash('md5').update(bytes).digest('base64');
const forms: readonly GrantForm[] = [
  { signatureVersion: 'v4' },
  { signatureVersion: 'v4', md5 },
  { signatureVersion: 'v1', md5 },
];

function put({ url, headers }: Pick<UploadGrant, 'url' | 'headers'>, body: Buffer): Promise<Response> {
  return fetch(url, { method: 'PUT', headers, body: new Uint8Array(body) });
}

async function codeOf(response: Response): Promise<string | undefined> {
  expect(response.headers.get('content-type')).toBe('application/xml');
  return /<Code>(\w+)<\/Code>/.exec(await response.text())?.[1];
}

describe('a grant', () => {
  it.each(forms)('lets anybody put the file, and nothing else: %j', async (form) => {
    const grant = await upstream.grantUpload(picture, form, credentials, never);
    expect(simulator.control.uploads()).toEqual([]);
    expect((await put(grant, bytes)).status).toBe(200);
    expect(simulator.control.uploads()).toMatchObject([
      { account: 'owner@example.com', name: picture.name, contentType: 'image/png', bytes },
    ]);
    expect(simulator.control.violations()).toEqual([]);
    const told = JSON.stringify(grant);
    for (const secret of ['TESTKEYSECRET', credentials.token]) expect(told).not.toContain(secret);
  });

  it('lasts a quarter of an hour, and its file an hour less the time of a request', async () => {
    const before = Date.now();
    const { expiresAt, usableUntil } = await upstream.grantUpload(
      picture,
      { signatureVersion: 'v4' },
      credentials,
      never,
    );
    expect(expiresAt - before).toBeGreaterThanOrEqual(15 * 60_000);
    expect(expiresAt).toBeLessThanOrEqual(Date.now() + 15 * 60_000);
    expect(usableUntil).toBeLessThanOrEqual(Date.now() + 59 * 60_000);
  });

  it('tells what the message says of the file, as an upload by the gateway does', async () => {
    const { reference } = await upstream.grantUpload(picture, { signatureVersion: 'v4' }, credentials, never);
    const uploaded = await upstream.upload({ name: picture.name, mediaType: 'image/png', bytes }, credentials, never);
    expect(Object.keys(reference)).toEqual(Object.keys(uploaded.reference));
    expect(reference).toMatchObject({ name: picture.name, size: bytes.length, file_type: 'image/png', type: 'image' });
    expect(upstream.addressOf(reference)).toContain(simulator.url);
    expect(upstream.addressOf({})).toBe('');
  });

  it.each([
    [
      'another size',
      (grant: UploadGrant) => put({ ...grant, headers: without(grant, 'content-length') }, Buffer.from('longer')),
      'SignatureDoesNotMatch',
    ],
    ['no size', (grant: UploadGrant) => putInPieces(grant), 'InvalidArgument'],
    [
      'another type',
      (grant: UploadGrant) => put(changed(grant, { 'content-type': 'text/html' }), bytes),
      'SignatureDoesNotMatch',
    ],
    [
      'more headers',
      (grant: UploadGrant) => put(changed(grant, { 'x-oss-object-acl': 'public-read' }), bytes),
      'SignatureDoesNotMatch',
    ],
    [
      'another date',
      (grant: UploadGrant) => put(changed(grant, { 'x-oss-date': '20261121T120000Z' }), bytes),
      'SignatureDoesNotMatch',
    ],
    [
      'another token',
      (grant: UploadGrant) => put(changed(grant, { 'x-oss-security-token': 'mine' }), bytes),
      'InvalidAccessKeyId',
    ],
    ['fewer signed headers', (grant: UploadGrant) => put(unlisted(grant), bytes), 'SignatureDoesNotMatch'],
  ])('is refused with %s', async (_, send, code) => {
    const grant = await upstream.grantUpload(picture, { signatureVersion: 'v4' }, credentials, never);
    const refused = await send(grant);
    expect(await codeOf(refused)).toBe(code);
    expect(simulator.control.uploads()).toEqual([]);
  });

  it.each(forms)('is refused for another object: %j', async (form) => {
    const grant = await upstream.grantUpload(picture, form, credentials, never);
    const other = await upstream.grantUpload({ ...picture, name: 'other.png' }, form, credentials, never);
    const refused = await put({ url: other.url, headers: grant.headers }, bytes);
    expect(refused.status).toBe(403);
    expect(await codeOf(refused)).toBe('SignatureDoesNotMatch');
  });

  it.each(forms.slice(1))('with the MD5 of the bytes is refused for others: %j', async (form) => {
    const grant = await upstream.grantUpload(picture, form, credentials, never);
    const others = Buffer.alloc(bytes.length, 'x');
    const refused = await put(grant, others);
    expect(refused.status).toBe(400);
    expect(await codeOf(refused)).toBe('InvalidDigest');
    const renamed = changed(grant, { 'content-md5': createHash('md5').update(others).digest('base64') });
    expect(await codeOf(await put(renamed, others))).toBe('SignatureDoesNotMatch');
  });

  it('is the upstream’s to refuse', async () => {
    simulator.control.fault({ fault: 'rate-limited', route: 'upload-token' });
    const refusal = upstream.grantUpload(picture, { signatureVersion: 'v4' }, credentials, never);
    await expect(refusal).rejects.toMatchObject({ code: 'insufficient_quota', advice: 'other-account' });
  });
});

describe('confirming an upload', () => {
  const announce = (file: AnnouncedFile) => upstream.grantUpload(file, { signatureVersion: 'v4' }, credentials, never);

  it('says whether the file is there', async () => {
    const grant = await announce(picture);
    expect(await upstream.confirmUpload(grant.reference, credentials, never)).toBe(false);
    await put(grant, bytes);
    expect(await upstream.confirmUpload(grant.reference, credentials, never)).toBe(true);
    const asked = simulator.control.requests().filter(({ route }) => route === 'download');
    expect(asked.map(({ headers }) => headers.range)).toEqual(['bytes=0-0', 'bytes=0-0']);
    for (const { headers } of asked) expect(JSON.stringify(headers)).not.toContain(credentials.token);
  });

  it('has documents read', async () => {
    const grant = await announce({ name: 'a.pdf', mediaType: 'application/pdf', size: pdfFile.length });
    await put(grant, pdfFile);
    expect(await upstream.confirmUpload(grant.reference, credentials, never)).toBe(true);
    expect(simulator.control.requests().map(({ route }) => route)).toContain('parse-status');
  });

  it('passes on that a document can’t be read', async () => {
    const grant = await announce({ name: 'a.pdf', mediaType: 'application/pdf', size: pdfFile.length });
    await put(grant, pdfFile);
    simulator.control.fault({ fault: 'parse-failed' });
    const refusal = upstream.confirmUpload(grant.reference, credentials, never);
    await expect(refusal).rejects.toMatchObject({ code: 'document_unreadable' });
  });

  it('asks nobody but the storage', async () => {
    const { reference } = await announce(picture);
    for (const url of ['https://example.com/a.png', 'http://127.0.0.1:1/a.png', '']) {
      const refusal = upstream.confirmUpload({ ...reference, url }, credentials, never);
      await expect(refusal).rejects.toMatchObject({ upstreamCode: 'foreign_storage' });
    }
  });

  const answers: readonly (readonly [name: string, answer: Answer, found: unknown])[] = [
    ['all of it', (response) => response.writeHead(200, { 'content-length': '5' }).end('12345'), true],
    ['a byte of it', (response) => response.writeHead(206, { 'content-range': 'bytes 0-0/5' }).end('1'), true],
    [
      'a byte of a longer one',
      (response) => response.writeHead(206, { 'content-range': 'bytes 0-0/6' }).end('1'),
      false,
    ],
    ['nothing, as it is empty', (response) => response.writeHead(416, { 'content-range': 'bytes */0' }).end(), false],
    ['that there is none', (response) => response.writeHead(404).end('<Error/>'), false],
  ];
  it.each(answers)('understands a storage that sends %s', async (_, answer, found) => {
    const { upstream: other, address } = await fakeSite({ 'GET /user/a.png': answer });
    const reference = { url: `http://${address}/user/a.png?x=1`, size: 5 };
    expect(await other.confirmUpload(reference, credentials, never)).toBe(found);
  });

  it.each([
    ['a refusal', 403, {}],
    ['a byte of nobody knows what', 206, {}],
    ['a failure', 500, {}],
  ])('does not take %s for a no', async (_, status, headers) => {
    const site = await fakeSite({ 'GET /user/a.png': (response) => response.writeHead(status, headers).end() });
    const reference = { url: `http://${site.address}/user/a.png`, size: 5 };
    const refusal = site.upstream.confirmUpload(reference, credentials, never);
    await expect(refusal).rejects.toMatchObject({ code: 'upstream_unavailable' });
  });
});

describe('an upload by the gateway', () => {
  const file = { name: 'a.png', mediaType: 'image/png', bytes };

  it('is tried once more in the older form where the newer one is not known', async () => {
    simulator.control.fault({ fault: 'storage-older', times: 2 });
    await upstream.upload(file, credentials, never);
    const puts = simulator.control.requests().filter(({ route }) => route === 'upload');
    expect(puts.map(({ status, headers }) => [status, headers.authorization?.split(' ')[0]])).toEqual([
      [400, 'OSS4-HMAC-SHA256'],
      [200, 'OSS'],
    ]);
    expect(simulator.control.uploads()).toMatchObject([{ name: 'a.png', bytes }]);
  });

  it('is not tried again for another refusal, nor a third time', async () => {
    const refuse =
      (status: number, code: string): Answer =>
      (response) => {
        response.writeHead(status, { 'content-type': 'application/xml' }).end(`<Error><Code>${code}</Code></Error>`);
      };
    const cases = [
      [400, 'InvalidArgument', 2],
      [501, 'NotImplemented', 2],
      [403, 'SignatureDoesNotMatch', 1],
      [400, 'InvalidDigest', 1],
    ] as const;
    for (const [status, code, tries] of cases) {
      const refusing = await fakeStorage(refuse(status, code));
      const refusal = refusing.upstream.upload(file, credentials, never);
      await expect(refusal).rejects.toMatchObject({ upstreamCode: code });
      expect(refusing.puts()).toBe(tries);
    }
  });
});

function stsOf(address: string): object {
  const { data } = JSON.parse(fixtureText('files/sts-v2.json'));
  return { success: true, data: { ...data, endpoint: `http://${address}`, file_path: 'user/a.png' } };
}

/** A site whose storage answers every PUT in one way. Bodies of files are no JSON, so they are empty here. */
async function fakeStorage(answer: Answer) {
  let puts = 0;
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const call = { line: '', headers: request.headers, body: undefined };
      if (request.method === 'PUT') puts += 1;
      if (request.method === 'PUT') answer(response, call);
      else json(stsOf(request.headers.host ?? ''))(response, call);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const baseUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  return {
    upstream: createQwenWebUpstream({ baseUrl, idleSeconds: 60, chatTitle: '' }),
    puts: () => {
      server.closeAllConnections();
      server.close();
      return puts;
    },
  };
}

function changed(grant: UploadGrant, headers: Record<string, string>): UploadGrant {
  return { ...grant, headers: { ...grant.headers, ...headers } };
}

function without({ headers }: UploadGrant, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([header]) => header !== name));
}

/** Claims that the size was not signed. */
function unlisted(grant: UploadGrant): UploadGrant {
  const { authorization = '' } = grant.headers;
  return changed(grant, { authorization: authorization.replace('AdditionalHeaders=content-length,', '') });
}

function putInPieces(grant: UploadGrant): Promise<Response> {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new Uint8Array(bytes));
      controller.close();
    },
  });
  return fetch(grant.url, { method: 'PUT', headers: without(grant, 'content-length'), body, duplex: 'half' });
}
