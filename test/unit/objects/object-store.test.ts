import { hash } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { ObjectLinks } from '../../../shared/objects/object-links.ts';
import { ObjectReader } from '../../../shared/objects/object-reader.ts';
import { ObjectStore } from '../../../shared/objects/object-store.ts';
import { ObjectStoreUnavailableError, ObjectTooLargeError } from '../../../shared/objects/object-store-errors.ts';
import { ConfigurationError } from '../../../shared/store/store-errors.ts';
import { openTestBucket } from '../../support/object-bucket.ts';

const mebibyte = 1024 * 1024;
const never = new AbortController().signal;

async function open() {
  const bucket = await openTestBucket();
  const links = new ObjectLinks(bucket.environment);
  return { ...bucket, store: new ObjectStore(bucket.environment), links, reader: new ObjectReader(links) };
}

/** Pieces of this size that add up to so many bytes; each byte tells where it stands. */
async function* pieces(total: number, size: number): AsyncGenerator<Buffer> {
  for (let sent = 0; sent < total; sent += size) {
    yield Buffer.alloc(Math.min(size, total - sent), (sent / size) % 251);
  }
}

async function gathered(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of source) all.push(piece);
  return Buffer.concat(all);
}

describe('an object', () => {
  it('is put, looked at, read and deleted', async () => {
    const { store, reader } = await open();
    await store.put('results/caller/video_1.mp4', Buffer.from('moving'), { mediaType: 'video/mp4' });
    const head = await store.head('results/caller/video_1.mp4');
    expect(head).toEqual({ size: 6, mediaType: 'video/mp4', etag: `"${hash('md5', 'moving')}"` });
    const opened = await reader.open('results/caller/video_1.mp4', never);
    expect(opened).toMatchObject({ size: 6, mediaType: 'video/mp4' });
    expect(opened && (await text(opened.stream))).toBe('moving');
    await store.delete('results/caller/video_1.mp4');
    await store.delete('results/caller/video_1.mp4');
    expect(await store.head('results/caller/video_1.mp4')).toBeUndefined();
    expect(await reader.open('results/caller/video_1.mp4', never)).toBeUndefined();
  });

  it.each(['files/a b/ü+&=?#%.png', "files/it's (1)!*~.txt", 'files//double', `files/${'k'.repeat(1000)}`])(
    'may be called %s, and lies in the folder',
    async (key) => {
      const { store, reader, folder, path } = await open();
      await store.put(key, Buffer.from(key), { mediaType: 'text/plain' });
      const opened = await reader.open(key, never);
      expect(opened && (await text(opened.stream))).toBe(key);
      expect(folder.place('bucket', key).startsWith(path)).toBe(true);
    },
  );

  it.each([
    [{ start: 2 }, 'cdefgh'],
    [{ start: 2, end: 4 }, 'cde'],
    [{ start: 0, end: 100 }, 'abcdefgh'],
  ])('is read in the range %j', async (range, expected) => {
    const { store, reader } = await open();
    await store.put('files/alphabet', Buffer.from('abcdefgh'), { mediaType: 'text/plain' });
    const opened = await reader.open('files/alphabet', never, { range });
    expect(opened?.size).toBe(expected.length);
    expect(opened && (await text(opened.stream))).toBe(expected);
  });

  it('may be empty, and is read as that', async () => {
    const { store, reader } = await open();
    await store.put('files/empty', Buffer.alloc(0), { mediaType: 'text/plain' });
    const opened = await reader.open('files/empty', never);
    expect(opened?.size).toBe(0);
    expect(opened && (await text(opened.stream))).toBe('');
  });
});

describe('a stream', () => {
  it.each([
    ['nothing', 0, 1, ['PUT']],
    ['little', 3 * mebibyte, 100_000, ['PUT']],
    ['one part', 8 * mebibyte, mebibyte, ['POST', 'PUT', 'POST']],
    ['more than one part', 20 * mebibyte + 5, 1_000_003, ['POST', 'PUT', 'PUT', 'PUT', 'POST']],
    ['one large piece', 17 * mebibyte, 17 * mebibyte, ['POST', 'PUT', 'PUT', 'PUT', 'POST']],
  ])('of %s becomes the object that it is', async (_, total, size, methods) => {
    const { store, reader, requests } = await open();
    const written = await store.putStream('results/a', pieces(total, size), { mediaType: 'video/mp4', signal: never });
    expect(written).toEqual({ size: total });
    expect(requests.map((line) => line.split(' ')[0])).toEqual(methods);
    const opened = await reader.open('results/a', never);
    expect(opened).toMatchObject({ size: total, mediaType: 'video/mp4' });
    const read = opened && (await gathered(opened.stream));
    expect(read?.equals(await gathered(pieces(total, size)))).toBe(true);
  });

  it('that is too large leaves nothing behind', async () => {
    const { store, requests } = await open();
    const options = { mediaType: 'video/mp4', signal: never, limit: 16 * mebibyte };
    const error = await store
      .putStream('results/a', pieces(17 * mebibyte, mebibyte), options)
      .catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ObjectTooLargeError);
    expect(requests.at(-1)).toMatch(/^DELETE .*uploadId=/);
    expect(await store.head('results/a')).toBeUndefined();
  });

  it('that breaks off throws its own error and leaves nothing behind', async () => {
    const { store, requests } = await open();
    const broken = new Error('broken');
    async function* breaking() {
      yield* pieces(9 * mebibyte, mebibyte);
      throw broken;
    }
    const options = { mediaType: 'video/mp4', signal: never };
    await expect(store.putStream('results/a', breaking(), options)).rejects.toBe(broken);
    expect(requests.at(-1)).toMatch(/^DELETE /);
    expect(await store.head('results/a')).toBeUndefined();
  });

  it('that is given up throws the reason', async () => {
    const { store } = await open();
    const giveUp = new AbortController();
    const reason = new Error('enough');
    async function* slow() {
      yield* pieces(9 * mebibyte, mebibyte);
      giveUp.abort(reason);
      yield Buffer.from('more');
    }
    const options = { mediaType: 'video/mp4', signal: giveUp.signal };
    await expect(store.putStream('results/a', slow(), options)).rejects.toBe(reason);
  });
});

describe('without a bucket', () => {
  it('that answers, callers are told to try again', async () => {
    const { store, environment } = await open();
    const closed = { ...environment, AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1' };
    const reader = new ObjectReader(new ObjectLinks(closed));
    await expect(reader.open('files/a', never)).rejects.toMatchObject({
      status: 503,
      code: 'object_store_unavailable',
    });
    process.env.AWS_ENDPOINT_URL_S3 = closed.AWS_ENDPOINT_URL_S3;
    await expect(store.head('files/a')).rejects.toBeInstanceOf(ObjectStoreUnavailableError);
  });

  it('of that name, too', async () => {
    const { environment } = await open();
    const other = { ...environment, BUCKET_NAME: 'other' };
    await expect(new ObjectStore(other).put('a', Buffer.from('a'), { mediaType: 'text/plain' })).rejects.toBeInstanceOf(
      ObjectStoreUnavailableError,
    );
  });

  it('in the environment, the deployment is wrong', async () => {
    await expect(new ObjectStore({}).head('a')).rejects.toBeInstanceOf(ConfigurationError);
    await expect(async () => new ObjectLinks({}).signGet('a', { seconds: 1 })).rejects.toBeInstanceOf(
      ConfigurationError,
    );
  });

  it('a reader that is given up throws the reason', async () => {
    const { reader } = await open();
    const reason = new Error('enough');
    await expect(reader.open('a', AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
