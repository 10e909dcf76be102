import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UploadCompletion } from '../../../shared/files-api/complete-upload.ts';
import { partKey } from '../../../shared/files-api/part-key.ts';
import { ObjectLinks } from '../../../shared/objects/object-links.ts';
import { ObjectReader } from '../../../shared/objects/object-reader.ts';
import { ObjectStore } from '../../../shared/objects/object-store.ts';
import { FileRows } from '../../../shared/stored-files/file-rows.ts';
import type { PartedUpload, UploadOutcome } from '../../../shared/stored-files/parted-upload.ts';
import { PartedUploads } from '../../../shared/stored-files/parted-uploads.ts';
import { newFileId, newPartId, newUploadId } from '../../../shared/stored-files/stored-ids.ts';
import { type DynaliteServer, startDynalite } from '../../support/dynalite-table.ts';
import { openTestBucket } from '../../support/object-bucket.ts';

const never = new AbortController().signal;
const caller = 'key-1';
const createdAt = Date.UTC(2026, 10, 21);

let server: DynaliteServer;
beforeAll(async () => {
  server = await startDynalite();
});
afterAll(() => server.close());

/** An upload whose parts have come. */
async function openUpload(sizes: readonly number[], announced?: number) {
  const bucket = await openTestBucket();
  const { table } = await server.newTable();
  const links = new ObjectLinks(bucket.environment);
  const options = {
    uploads: new PartedUploads(table),
    rows: new FileRows(table, () => createdAt),
    objects: new ObjectStore(bucket.environment),
    reader: new ObjectReader(links),
    keepDays: 30,
    now: () => createdAt,
  };
  const parts = sizes.map((size) => ({ id: newPartId(createdAt), bytes: randomBytes(size) }));
  const upload: PartedUpload = {
    id: newUploadId(createdAt),
    fileId: newFileId(createdAt),
    name: 'a.bin',
    bytes: announced ?? sizes.reduce((sum, size) => sum + size, 0),
    purpose: 'user_data',
    mediaType: 'video/mp4',
    status: 'pending',
    createdAt,
    expiresAt: createdAt + 3_600_000,
  };
  await options.uploads.create(caller, upload);
  for (const { id, bytes } of parts) {
    await options.objects.put(partKey(caller, upload.id, id), bytes, { mediaType: 'a/b' });
    await options.uploads.addPart(caller, upload, { id, bytes: bytes.length });
  }
  const ids = parts.map(({ id }) => id);
  const complete = async (partIds: readonly string[] = ids, md5?: string, more: Partial<typeof options> = {}) => {
    const found = await options.uploads.find(caller, upload.id);
    if (found === undefined) throw new Error('no upload');
    return new UploadCompletion({ ...options, ...more }).complete(caller, found, { partIds, md5 }, never);
  };
  const read = async (): Promise<Buffer | undefined> => {
    const file = await options.rows.find(caller, upload.fileId);
    if (file?.place.type !== 'bucket') return undefined;
    const opened = await options.reader.open(file.place.key, never);
    return opened && Buffer.concat(await opened.stream.toArray());
  };
  return { ...options, bucket, parts, ids, upload, complete, read };
}

const joined = (parts: readonly { readonly bytes: Buffer }[]) => Buffer.concat(parts.map(({ bytes }) => bytes));
const md5Of = (bytes: Buffer) => createHash('md5').update(bytes).digest('hex');

describe('completing an upload', () => {
  it('makes one file of many parts, with the hash of the whole', async () => {
    const { parts, upload, complete, read } = await openUpload([4_500_000, 4_500_000, 4_500_000, 7]);
    const { file } = await complete(undefined, md5Of(joined(parts)));
    expect((await read())?.equals(joined(parts))).toBe(true);
    expect(file).toMatchObject({ id: upload.fileId, bytes: upload.bytes, mediaType: 'video/mp4', status: 'uploaded' });
    expect(file?.sha256).toBe(createHash('sha256').update(joined(parts)).digest('hex'));
    expect(file?.expiresAt).toBe(createdAt + 30 * 86_400_000);
  });

  it('again gives the same file, and copies nothing', async () => {
    const { bucket, complete } = await openUpload([10, 20]);
    const first = await complete();
    const before = bucket.requests.length;
    expect(await complete()).toEqual(first);
    expect(bucket.requests.length).toBe(before);
  });

  it('by ten at once makes one file', async () => {
    const { parts, complete, read } = await openUpload([100, 200]);
    const all = await Promise.all(Array.from({ length: 10 }, () => complete()));
    expect(new Set(all.map(({ file }) => file?.id)).size).toBe(1);
    expect((await read())?.equals(joined(parts))).toBe(true);
  });

  it('in two orders at once: one wins, the other is told, and the file is whole', async () => {
    const { parts, ids, complete, read } = await openUpload([100, 200, 300]);
    const outcomes = await Promise.allSettled([complete(ids), complete(ids.toReversed())]);
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    expect(refused).toMatchObject([{ reason: { code: 'upload_not_pending' } }]);
    const wanted = outcomes[0]?.status === 'fulfilled' ? parts : parts.toReversed();
    expect((await read())?.equals(joined(wanted))).toBe(true);
  });

  it('that was killed after its object goes on from there', async () => {
    const { uploads, complete, read, parts } = await openUpload([100]);
    class Killed extends PartedUploads {
      override complete(): Promise<boolean> {
        return Promise.reject(new Error('killed'));
      }
    }
    const { table } = await server.newTable();
    const killed = Object.assign(new Killed(table), { parts: uploads.parts.bind(uploads) });
    await expect(complete(undefined, undefined, { uploads: killed })).rejects.toThrow('killed');
    expect(await read()).toBeUndefined();
    await complete();
    expect((await read())?.equals(joined(parts))).toBe(true);
  });

  it('that was killed before its row makes it when it is asked again', async () => {
    const { rows, uploads, complete, read, parts, upload } = await openUpload([100]);
    class Killed extends FileRows {
      override create(): Promise<boolean> {
        return Promise.reject(new Error('killed'));
      }
    }
    const { table } = await server.newTable();
    await expect(complete(undefined, undefined, { rows: new Killed(table) })).rejects.toThrow('killed');
    expect(await rows.find(caller, upload.fileId)).toBeUndefined();
    expect((await uploads.find(caller, upload.id))?.status).toBe('completed');
    await complete();
    expect((await read())?.equals(joined(parts))).toBe(true);
  });

  it('does not bring back a file that was deleted', async () => {
    const { rows, complete, upload } = await openUpload([100]);
    await complete();
    await rows.remove(caller, upload.fileId);
    expect((await complete()).file).toBeUndefined();
  });
});

describe('parts that make no file', () => {
  it('are refused, and leave the upload as it was', async () => {
    const { ids, complete, read, bucket, uploads, upload } = await openUpload([4_500_000, 4_500_000]);
    await expect(complete(ids, md5Of(Buffer.from('other')))).rejects.toMatchObject({
      code: 'upload_mismatch',
      param: 'md5',
    });
    await expect(complete(ids.slice(1))).rejects.toMatchObject({ code: 'upload_mismatch', param: 'part_ids' });
    await expect(complete([...ids, newPartId(1)])).rejects.toMatchObject({ param: 'part_ids[2]' });
    expect(
      bucket.requests.filter((line) => line.startsWith('PUT /bucket/files/') && !line.includes('partNumber')),
    ).toEqual([]);
    expect((await uploads.find(caller, upload.id))?.status).toBe('pending');
    expect(await read()).toBeUndefined();
    await complete();
    expect(await read()).toBeDefined();
  });

  it('are more, or fewer bytes than announced', async () => {
    const { complete } = await openUpload([100, 100], 201);
    await expect(complete()).rejects.toThrow(/have 200 bytes together, and the upload was announced with 201/);
  });

  it('are gone from the bucket', async () => {
    const { ids, objects, upload, complete } = await openUpload([100, 100]);
    await objects.delete(partKey(caller, upload.id, ids[1] ?? ''));
    await expect(complete()).rejects.toMatchObject({ code: 'upload_mismatch' });
  });
});

describe('an upload that is over', () => {
  it('is cancelled once, and then not completed', async () => {
    const { uploads, upload, complete } = await openUpload([10]);
    expect(await uploads.cancel(caller, upload.id)).toBe(true);
    expect(await uploads.cancel(caller, upload.id)).toBe(false);
    await expect(complete()).rejects.toMatchObject({ code: 'upload_not_pending', status: 409 });
    const outcome: UploadOutcome = { key: 'k', sha256: 's', fingerprint: 'f', completedAt: 1 };
    expect(await uploads.complete(caller, upload.id, outcome)).toBe(false);
  });

  it('is nobody else’s', async () => {
    const { uploads, upload } = await openUpload([10]);
    expect(await uploads.find('key-2', upload.id)).toBeUndefined();
    expect(
      await uploads.complete('key-2', upload.id, { key: 'k', sha256: 's', fingerprint: 'f', completedAt: 1 }),
    ).toBe(false);
  });
});
