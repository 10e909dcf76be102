import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { UpstreamUnavailableError } from '../../../shared/chat/errors/answer-faults.ts';
import { readBaseUrl } from '../../../shared/upstreams/qwen-web/base-url.ts';
import { Dispatchers } from '../../../shared/upstreams/qwen-web/dispatchers.ts';
import { Documents } from '../../../shared/upstreams/qwen-web/documents.ts';
import { encodeKey, storageAddress } from '../../../shared/upstreams/qwen-web/storage-address.ts';
import { signedHeaders } from '../../../shared/upstreams/qwen-web/storage-signature.ts';
import { Transport } from '../../../shared/upstreams/qwen-web/transport.ts';
import { usableUntil } from '../../../shared/upstreams/qwen-web/usable-until.ts';
import { never } from './chat-site.ts';
import { type Answer, fakeSite, json } from './fake-site.ts';
import { fixtureText } from './fixtures.ts';

const site = 'https://chat.qwen.ai';
const place = { bucket: 'qwen-webui-prod', endpoint: 'oss-accelerate.aliyuncs.com', path: 'user/id_circle.png' };

describe('the address of a file in the storage', () => {
  it.each([
    ['oss-accelerate.aliyuncs.com', 'https://qwen-webui-prod.oss-accelerate.aliyuncs.com'],
    ['https://oss-ap-southeast-1.aliyuncs.com', 'https://qwen-webui-prod.oss-ap-southeast-1.aliyuncs.com'],
  ])('is made of bucket and endpoint: %s', (endpoint, origin) => {
    const { host, path } = storageAddress({ ...place, endpoint }, site);
    expect(host.origin).toBe(origin);
    expect(path).toBe('/user/id_circle.png');
  });

  it('may be a stand-in’s own', () => {
    const own = { ...place, endpoint: 'http://127.0.0.1:1234' };
    const { host, path } = storageAddress(own, 'http://127.0.0.1:1234');
    expect(host.origin + path).toBe('http://127.0.0.1:1234/qwen-webui-prod/user/id_circle.png');
    expect(() => storageAddress(own, 'http://127.0.0.1:4321')).toThrow(UpstreamUnavailableError);
    expect(() => storageAddress(own, site)).toThrow(UpstreamUnavailableError);
  });

  it.each([
    { endpoint: 'example.com' },
    { endpoint: 'aliyuncs.com' },
    { endpoint: 'evilaliyuncs.com' },
    { endpoint: 'oss.aliyuncs.com.example.com' },
    { endpoint: 'example.com/.aliyuncs.com' },
    { endpoint: 'example.com#.aliyuncs.com' },
    { endpoint: 'http://oss-accelerate.aliyuncs.com' },
    { endpoint: 'https://oss-accelerate.aliyuncs.com:8443' },
    { endpoint: 'https://chat.qwen.ai' },
    { endpoint: '' },
    { endpoint: 'https://' },
    { bucket: 'example.com/' },
    { bucket: 'a.b' },
    { bucket: 'Bucket' },
    { bucket: '' },
    { bucket: 'user:word@example.com#' },
  ])('is no foreign one: %j', (change) => {
    expect(() => storageAddress({ ...place, ...change }, site)).toThrow(UpstreamUnavailableError);
  });

  it('is encoded as signatures need it', () => {
    expect(encodeKey("user/a b(1)'*!~-_.ü+&.png")).toBe('user/a%20b%281%29%27%2A%21~-_.%C3%BC%2B%26.png');
  });
});

it('signs as the vendor’s version 4 says', () => {
  const grant = {
    ...place,
    accessKeyId: 'STS.ID',
    accessKeySecret: 'SECRET',
    securityToken: 'TOKEN',
    region: 'ap-southeast-1',
    fileUrl: '',
    fileId: '',
  };
  const { authorization, ...headers } = signedHeaders(
    grant,
    { mediaType: 'image/png' },
    new Date('2026-11-21T12:00:00.123Z'),
  );
  expect(headers).toEqual({
    'content-type': 'image/png',
    'x-oss-content-sha256': 'UNSIGNED-PAYLOAD',
    'x-oss-date': '20261121T120000Z',
    'x-oss-security-token': 'TOKEN',
  });
  const canonical = `PUT
/qwen-webui-prod/user/id_circle.png

content-type:image/png
x-oss-content-sha256:UNSIGNED-PAYLOAD
x-oss-date:20261121T120000Z
x-oss-security-token:TOKEN


UNSIGNED-PAYLOAD`;
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const key = hmac(hmac(hmac(hmac('aliyun_v4SECRET', '20261121'), 'ap-southeast-1'), 'oss'), 'aliyun_v4_request');
  const scope = '20261121/ap-southeast-1/oss/aliyun_v4_request';
  const digest = createHash('sha256').update(canonical).digest('hex');
  const signature = hmac(key, `OSS4-HMAC-SHA256\n20261121T120000Z\n${scope}\n${digest}`).toString('hex');
  expect(authorization).toBe(`OSS4-HMAC-SHA256 Credential=STS.ID/${scope},Signature=${signature}`);
});

describe('an upload may be used', () => {
  const now = 1_800_000_000_000;
  const minutes = (count: number) => now + count * 60_000;
  it.each([
    ['an hour, less the time of a request', 'https://a.example/b', minutes(59)],
    [
      'as long as its signature of version 4',
      'https://a.example/b?x-oss-date=20270115T080000Z&x-oss-expires=600',
      minutes(9),
    ],
    ['as long as its signature of version 1', `https://a.example/b?Expires=${now / 1000 + 1200}`, minutes(19)],
    ['an hour at most', 'https://a.example/b?x-oss-expires=86400', minutes(59)],
    ['an hour when its end makes no sense', 'https://a.example/b?Expires=soon&x-oss-expires=', minutes(59)],
    ['an hour when its address makes no sense', 'no address', minutes(59)],
  ])('for %s', (_, url, until) => {
    expect(usableUntil(url, now)).toBe(until);
  });
});

describe('the reading of a document', () => {
  const document = { id: '33334444-5555-4666-8777-88889999aaaa', name: 'notes.pdf' };

  /** Reads a document at a site with these answers about its status, the last of them for good. */
  async function readAt(statuses: readonly Answer[], patience?: number) {
    let asked = 0;
    const stand = await fakeSite({
      'POST /api/v2/files/parse': json(fixtureText('files/parse.json')),
      'POST /api/v2/files/parse/status': (...call) => statuses[Math.min(asked++, statuses.length - 1)]?.(...call),
    });
    const transport = new Transport(readBaseUrl(`http://${stand.address}`), 60_000, new Dispatchers());
    const documents = new Documents(transport, patience);
    return { stand, read: (signal = never) => documents.read(document, { token: 'a' }, signal) };
  }
  const status = (name: string) => json(fixtureText(`files/parse-status-${name}.json`));

  it('asks as recorded, until it is done', async () => {
    const { stand, read } = await readAt([status('running'), status('success')]);
    await read();
    expect(stand.calls.map(({ line }) => line)).toEqual([
      'POST /api/v2/files/parse',
      'POST /api/v2/files/parse/status',
      'POST /api/v2/files/parse/status',
    ]);
    expect(stand.calls[0]?.body).toEqual(JSON.parse(fixtureText('requests/files-parse.json')));
    expect(stand.calls[1]?.body).toEqual(JSON.parse(fixtureText('requests/files-parse-status.json')));
  });

  it('takes an answer without a list', async () => {
    const { read } = await readAt([json({ success: true, data: { file_id: document.id, status: 'SUCCESS' } })]);
    await read();
  });

  it.each([
    ['failed', status('failed')],
    ['error', json({ success: true, data: [{ file_id: document.id, status: 'error' }] })],
  ])('ends with its failure: %s', async (_, answer) => {
    const { read } = await readAt([answer]);
    await expect(read()).rejects.toMatchObject({ code: 'document_unreadable', status: 400 });
  });

  it.each([
    ['still running', status('running')],
    ['nothing', json({ success: true, data: [] })],
    ['something new', json({ success: true, data: [{ status: 'queued' }] })],
  ])('is not waited for without end: %s', async (_, answer) => {
    const { read } = await readAt([answer], 0);
    await expect(read()).rejects.toMatchObject({ code: 'upstream_stalled' });
  });

  it('ends with its request', async () => {
    const controller = new AbortController();
    const { read } = await readAt([
      (response) => {
        status('running')(response, { line: '', headers: {}, body: undefined });
        response.once('close', () => controller.abort(new UpstreamUnavailableError('over')));
      },
    ]);
    await expect(read(controller.signal)).rejects.toThrow('over');
  });
});
