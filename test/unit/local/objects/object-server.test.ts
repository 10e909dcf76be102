import { readdir } from 'node:fs/promises';
import { request as send } from 'node:http';
import { text } from 'node:stream/consumers';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ObjectLinks } from '../../../../shared/objects/object-links.ts';
import { openTestBucket } from '../../../support/object-bucket.ts';

const mebibyte = 1024 * 1024;

async function open() {
  const bucket = await openTestBucket();
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const common = { region: 'us-east-1', endpoint: bucket.environment.AWS_ENDPOINT_URL_S3 ?? '', forcePathStyle: true };
  const client = new S3Client({ ...common, credentials, maxAttempts: 1 });
  const stranger = new S3Client({ ...common, credentials: { ...credentials, secretAccessKey: 'other' } });
  onTestFinished(() => {
    client.destroy();
    stranger.destroy();
  });
  return { ...bucket, client, stranger, links: new ObjectLinks(bucket.environment) };
}

const put = (Key: string, Body: string) => new PutObjectCommand({ Bucket: 'bucket', Key, Body });
const putLink = { size: 5, mediaType: 'text/plain', seconds: 60 };

/** The status and S3's code of an answer. */
async function outcome(response: Response): Promise<string> {
  const code = /<Code>(\w+)<\/Code>/.exec(await response.text())?.[1];
  return code === undefined ? String(response.status) : `${response.status} ${code}`;
}

/** Sends what `fetch` would mend. @returns the status and S3's code. */
function sendRaw(url: string, method: string, headers: Record<string, string>, path?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port, pathname, search } = new URL(url);
    const sent = send({ hostname, port, method, headers, path: path ?? pathname + search }, async (response) => {
      resolve(`${response.statusCode} ${/<Code>(\w+)<\/Code>/.exec(await text(response))?.[1] ?? ''}`.trim());
    });
    sent.on('error', reject).end(method === 'PUT' ? 'hello' : undefined);
  });
}

describe('a link for a PUT', () => {
  it('takes exactly what it was signed for', async () => {
    const { links } = await open();
    const { url, headers } = await links.signPut('files/a', putLink);
    expect(headers).toEqual({ 'content-length': '5', 'content-type': 'text/plain' });
    const type = { 'content-type': 'text/plain' };
    expect(await outcome(await fetch(url, { method: 'PUT', body: 'hello', headers: type }))).toBe('200');
    const read = await fetch(await links.signGet('files/a', { seconds: 60 }));
    expect(read.headers.get('content-type')).toBe('text/plain');
    expect(await read.text()).toBe('hello');
  });

  it.each([
    ['another size', 'hello!', 'text/plain', 'files/a', 'PUT'],
    ['another type', 'hello', 'text/html', 'files/a', 'PUT'],
    ['another object', 'hello', 'text/plain', 'files/b', 'PUT'],
    ['another method', undefined, 'text/plain', 'files/a', 'GET'],
    ['another method', undefined, 'text/plain', 'files/a', 'DELETE'],
  ])('does not take %s', async (_, body, type, key, method) => {
    const { links } = await open();
    const { url } = await links.signPut('files/a', putLink);
    const changed = url.replace('files/a', key);
    const sent = await fetch(changed, {
      method,
      headers: { 'content-type': type },
      ...(body !== undefined && { body }),
    });
    expect(await outcome(sent)).toBe('403 SignatureDoesNotMatch');
  });

  it('does not take a longer life, or headers that S3 acts upon', async () => {
    const { links } = await open();
    const { url, headers } = await links.signPut('files/a', putLink);
    const longer = url.replace('X-Amz-Expires=60', 'X-Amz-Expires=6000');
    expect(await sendRaw(longer, 'PUT', headers)).toBe('403 SignatureDoesNotMatch');
    const more = { ...headers, 'x-amz-acl': 'public-read' };
    expect(await sendRaw(url, 'PUT', more)).toBe('403 AccessDenied');
  });

  it('is of no use once its time is over', async () => {
    const { links } = await open();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 61_000 });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const { url, headers } = await links.signPut('files/a', putLink);
    vi.useRealTimers();
    expect(await sendRaw(url, 'PUT', headers)).toBe('403 AccessDenied');
  });

  it('leaves nothing of what breaks off', async () => {
    const { links, path } = await open();
    const { url, headers } = await links.signPut('files/a', putLink);
    const { hostname, port, pathname, search } = new URL(url);
    const sent = send({ hostname, port, path: pathname + search, method: 'PUT', headers });
    const ended = new Promise((resolve) => sent.on('error', resolve));
    sent.write('hel');
    sent.on('socket', (socket) => socket.on('connect', () => setImmediate(() => sent.destroy(new Error('gone')))));
    await ended;
    await vi.waitFor(async () => expect(await readdir(`${path}/drafts`)).toEqual([]));
    expect((await fetch(await links.signGet('files/a', { seconds: 60 }))).status).toBe(403);
  });
});

describe('a link for a GET', () => {
  it('says how the object is called, also in other letters than those of English', async () => {
    const { client, links } = await open();
    await client.send(put('files/a', 'hello'));
    const url = await links.signGet('files/a', { seconds: 60, fileName: 'Über "x".mp4', mediaType: 'video/mp4' });
    const { headers } = await fetch(url);
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="_ber _x_.mp4"; filename*=UTF-8''%C3%9Cber%20%22x%22.mp4`,
    );
    expect(headers.get('content-type')).toBe('video/mp4');
  });

  it('gives a range, and says when there is none', async () => {
    const { client, links } = await open();
    await client.send(put('files/a', 'hello'));
    const url = await links.signGet('files/a', { seconds: 60 });
    const part = await fetch(url, { headers: { range: 'bytes=-2' } });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 3-4/5', 'lo']);
    expect(await outcome(await fetch(url, { headers: { range: 'bytes=5-' } }))).toBe('416 InvalidRange');
  });
});

describe('a request', () => {
  it('without a signature, or with a wrong one, is refused', async () => {
    const { environment, stranger, client } = await open();
    await client.send(put('files/a', 'hello'));
    const url = `${environment.AWS_ENDPOINT_URL_S3}/bucket/files/a`;
    expect(await outcome(await fetch(url))).toBe('403 AccessDenied');
    await expect(stranger.send(put('files/a', 'other'))).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
    const malformed = { headers: { authorization: 'AWS4-HMAC-SHA256 nonsense' } };
    expect(await outcome(await fetch(url, malformed))).toBe('400 AuthorizationHeaderMalformed');
  });

  it('that is not ours to answer is said to be none', async () => {
    const { client } = await open();
    await expect(client.send(new ListObjectsV2Command({ Bucket: 'bucket' }))).rejects.toMatchObject({
      name: 'NotImplemented',
    });
    await expect(client.send(new GetObjectCommand({ Bucket: 'other', Key: 'a' }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
  });

  it('for what is not there is refused as S3 refuses those who may not list', async () => {
    const { client } = await open();
    await expect(client.send(new GetObjectCommand({ Bucket: 'bucket', Key: 'a' }))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });

  it('whose path leads upwards reads nothing', async () => {
    const { links } = await open();
    const url = await links.signGet('files/a', { seconds: 60 });
    const path = `/bucket/files/../../../parameters.json${new URL(url).search}`;
    expect(await sendRaw(url, 'GET', {}, path)).toBe('403 SignatureDoesNotMatch');
  });
});

describe('an upload in parts', () => {
  async function begin(client: S3Client, sizes: readonly number[]) {
    const place = { Bucket: 'bucket', Key: 'files/a' };
    const { UploadId } = await client.send(new CreateMultipartUploadCommand(place));
    const Parts: { PartNumber: number; ETag: string | undefined }[] = [];
    for (const [index, size] of sizes.entries()) {
      const PartNumber = index + 1;
      const part = { ...place, UploadId, PartNumber, Body: Buffer.alloc(size, PartNumber) };
      const { ETag } = await client.send(new UploadPartCommand(part));
      Parts.push({ PartNumber, ETag });
    }
    return { ...place, UploadId, Parts };
  }

  it.each([
    ['a small part that is not the last', [5 * mebibyte - 1, 10], 'EntityTooSmall'],
    ['parts in another order', [5 * mebibyte, 10], 'InvalidPartOrder'],
    ['a part that is not there', [10], 'InvalidPart'],
    ['a part of other content', [10], 'InvalidPart'],
  ])('is not completed with %s', async (what, sizes, name) => {
    const { client } = await open();
    const { Parts, ...upload } = await begin(client, sizes);
    const [first] = Parts;
    const named = {
      'a small part that is not the last': Parts,
      'parts in another order': Parts.toReversed(),
      'a part that is not there': [{ PartNumber: 7, ETag: first?.ETag }],
      'a part of other content': [{ PartNumber: 1, ETag: '"00000000000000000000000000000000"' }],
    }[what];
    const completing = client.send(
      new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: named ?? [] } }),
    );
    await expect(completing).rejects.toMatchObject({ name });
  });

  it('is over once it is complete', async () => {
    const { client } = await open();
    const { Parts, ...upload } = await begin(client, [5 * mebibyte, 10]);
    const complete = new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } });
    expect((await client.send(complete)).ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
    await expect(client.send(complete)).rejects.toMatchObject({ name: 'NoSuchUpload' });
  });
});
