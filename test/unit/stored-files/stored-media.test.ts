import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../../local/simulator/simulator.ts';
import type { MediaPart } from '../../../shared/chat/request.ts';
import { storedSource } from '../../../shared/chat/stored-source.ts';
import type { ChatUpstream } from '../../../shared/chat/upstream.ts';
import { AccountFiles } from '../../../shared/files/account-files.ts';
import { MediaReader } from '../../../shared/files/media-reader.ts';
import { UploadRows } from '../../../shared/files/upload-rows.ts';
import { WebFetcher } from '../../../shared/files/web-fetcher.ts';
import { ObjectLinks } from '../../../shared/objects/object-links.ts';
import { ObjectReader } from '../../../shared/objects/object-reader.ts';
import { ObjectStore } from '../../../shared/objects/object-store.ts';
import { ownedBy } from '../../../shared/relay/owned-by.ts';
import { RequestMedia } from '../../../shared/relay/request-media.ts';
import { FileRows } from '../../../shared/stored-files/file-rows.ts';
import type { StoredFile } from '../../../shared/stored-files/stored-file.ts';
import { newFileId } from '../../../shared/stored-files/stored-ids.ts';
import { StoredMedia } from '../../../shared/stored-files/stored-media.ts';
import { createQwenWebUpstream } from '../../../shared/upstreams/qwen-web/qwen-web-upstream.ts';
import { MemoryTable } from '../../support/memory-table.ts';
import { openTestBucket } from '../../support/object-bucket.ts';
import { mp4File, pdfFile, pngFile, wavFile } from '../../support/sample-files.ts';
import { chatRequest, model } from '../qwen-web/chat-request.ts';

const never = new AbortController().signal;
const caller = 'key-1';
const email = 'owner@example.com';

let simulator: Simulator;
let upstream: ChatUpstream;
beforeAll(async () => {
  simulator = await startSimulator();
  simulator.control.accounts.add({ email, password: 'a' });
  upstream = createQwenWebUpstream({ baseUrl: simulator.url, idleSeconds: 60, chatTitle: 'A title' });
});
afterAll(() => simulator.close());

async function open() {
  const bucket = await openTestBucket();
  const rows = new FileRows(new MemoryTable());
  const objects = new ObjectStore(bucket.environment);
  const stored = new StoredMedia({ rows, objects: new ObjectReader(new ObjectLinks(bucket.environment)) });
  const files = new AccountFiles({ rows: new UploadRows(new MemoryTable(), Date.now), onStoreError: () => {} });
  const media = new RequestMedia({ upstream, reader: new MediaReader(new WebFetcher()), files, stored });
  const keep = async (bytes: Buffer, more: Partial<StoredFile> = {}): Promise<StoredFile> => {
    const id = newFileId(Date.now());
    const key = `files/${caller}/${id}`;
    const file: StoredFile = {
      ...{ id, name: 'a.bin', bytes: bytes.length, purpose: 'user_data', mediaType: '', createdAt: Date.now() },
      ...{ expiresAt: Date.now() + 1e6, status: 'uploaded', place: { type: 'bucket', key } },
      ...more,
    };
    await objects.put(key, bytes, { mediaType: 'application/octet-stream' });
    await rows.create(caller, file);
    return file;
  };
  const ask = (...parts: readonly MediaPart[]) => {
    const request = chatRequest({ messages: [{ role: 'user', content: parts }], target: model });
    return media.open(request, never, caller);
  };
  const upload = async (...parts: readonly MediaPart[]) =>
    (await ask(...parts)).uploadTo(
      { accountId: email, credentials: { token: simulator.control.accounts.token(email) } },
      upstream,
      never,
    );
  return { bucket, rows, keep, ask, upload };
}

const part = ({ id }: StoredFile, field = 'here'): MediaPart => ({ type: 'file', ...storedSource(id, field) });
const filled = (head: Buffer, size: number) => Buffer.concat([head, Buffer.alloc(size - head.length, 'x')]);

describe('a file by its id', () => {
  it('of the bucket is given to the account as what its bytes are, under its name', async () => {
    const { keep, upload } = await open();
    const file = await keep(pngFile(41), { name: 'tower.png' });
    const uploads = await upload(part(file), part(file));
    expect([...uploads.keys()]).toEqual([`stored:${file.id}`]);
    const [{ reference } = { reference: {} }] = uploads.values();
    expect(reference).toMatchObject({ type: 'image', name: 'tower.png', size: pngFile(41).length });
  });

  it('is called as the message calls it', async () => {
    const { keep, upload } = await open();
    const uploads = await upload({ ...part(await keep(pdfFile)), type: 'file', name: 'other name.pdf' });
    expect([...uploads.values()][0]?.reference.name).toBe('other name.pdf');
  });

  it('that is a large film goes from the bucket to the storage without being held', async () => {
    const { keep, upload, bucket } = await open();
    const file = await keep(filled(mp4File, 21_000_000), { name: 'walk.mp4', sha256: 'a hash' });
    const uploads = await upload({ type: 'video', ...storedSource(file.id, 'here') });
    expect([...uploads.values()][0]?.reference).toMatchObject({ type: 'video', name: 'walk.mp4', size: 21_000_000 });
    expect(bucket.requests.filter((line) => line.startsWith('GET'))).toHaveLength(2);
    const last = simulator.control.uploads().at(-1);
    expect(last).toMatchObject({ name: 'walk.mp4', size: 21_000_000 });
    // The account has it now.
    await upload(part(file));
    expect(bucket.requests.filter((line) => line.startsWith('GET'))).toHaveLength(3);
  });

  it('that was announced is looked for, and remembered when it is there', async () => {
    const { rows, keep, ask } = await open();
    const come = await keep(pngFile(), { status: 'pending' });
    await ask(part(come));
    expect(await rows.find(caller, come.id)).toMatchObject({ status: 'uploaded' });
    const other = await keep(pngFile(), { status: 'pending', bytes: 5 });
    await expect(ask(part(other))).rejects.toMatchObject({ status: 400, code: 'file_not_uploaded', param: 'here' });
    const large = await keep(pngFile(), { status: 'pending', bytes: 50_000_000 });
    await expect(ask(part(large))).rejects.toMatchObject({ code: 'file_not_uploaded' });
    const missing = await keep(pngFile(), { status: 'pending', place: { type: 'bucket', key: 'files/key-1/none' } });
    await expect(ask(part(missing))).rejects.toMatchObject({ code: 'file_not_uploaded' });
    expect(await rows.find(caller, missing.id)).toMatchObject({ status: 'pending' });
  });
});

describe('a file that can not be used', () => {
  it('is another caller’s, deleted, expired, or none', async () => {
    const { rows, keep, ask } = await open();
    const [deleted, expired, foreign] = [await keep(pngFile()), await keep(pngFile(), { expiresAt: 1 }), newFileId(1)];
    await rows.remove(caller, deleted.id);
    await rows.create('key-2', { ...deleted, id: foreign });
    for (const id of [deleted.id, expired.id, foreign, 'file-1', '../../x']) {
      await expect(ask({ type: 'image', ...storedSource(id, 'here') })).rejects.toMatchObject({
        status: 404,
        code: 'file_not_found',
        param: 'here',
      });
    }
  });

  it.each<[string, Buffer, Partial<StoredFile>, RegExp]>([
    ['a program', Buffer.from('\x7fELF\x02\x01\x01\0', 'latin1'), {}, /no kind that Qwen takes/],
    ['a large sound', filled(wavFile, 100_000_001), {}, /larger than 100 MB/],
    ['a large document', filled(pdfFile, 20_000_001), {}, /larger than 20 MB/],
    ['a large text', Buffer.alloc(20_000_001, 'ä'), { name: 'a.txt' }, /larger than 20 MB/],
    ['beyond all limits', pngFile(), { bytes: 500_000_001 }, /larger than 500 MB/],
    ['something else than it is said to be', pngFile(), { mediaType: 'video/mp4' }, /says video\/mp4/],
  ])('is %s', async (_, bytes, more, message) => {
    const { keep, ask } = await open();
    const asked = ask(part(await keep(bytes, more)));
    await expect(asked).rejects.toMatchObject({ status: 400, code: 'invalid_media', param: 'here' });
    await expect(asked).rejects.toThrow(message);
  });

  it('is no picture where a picture is asked for', async () => {
    const { keep, ask } = await open();
    const film = await keep(mp4File);
    await expect(ask({ type: 'image', ...storedSource(film.id, 'here') })).rejects.toThrow(/'here' is no picture/);
  });
});

describe('a file in an account’s storage', () => {
  const held = (accountId: string, more: Partial<StoredFile> = {}): Partial<StoredFile> => ({
    place: { type: 'account', accountId, reference: { id: 'x', name: 'a.png', url: 'https://a.example/a.png' } },
    mediaType: 'image/png',
    ...more,
  });

  it('is used as it is, by that account only', async () => {
    const { keep, ask, upload } = await open();
    const file = await keep(pngFile(), held('one'));
    expect((await ask(part(file))).owner).toEqual({ accountId: 'one', field: 'here' });
    expect([...(await upload(part(file))).values()]).toEqual([
      { reference: { id: 'x', name: 'a.png', url: 'https://a.example/a.png' }, usableUntil: file.expiresAt },
    ]);
  });

  it('does not go together with one of another account, or with a chat of another', async () => {
    const { keep, ask } = await open();
    const [one, two, same] = [
      await keep(pngFile(), held('one')),
      await keep(pngFile(), held('two')),
      await keep(pngFile(), held('one')),
    ];
    await expect(ask(part(one, 'first'), part(same), part(two, 'last'))).rejects.toMatchObject({
      status: 400,
      code: 'file_account_conflict',
      param: 'last',
    });
    const { owner } = await ask(part(one), part(same));
    const context = { requestId: 'r', signal: never };
    expect(ownedBy(context, owner)).toMatchObject({ accountId: 'one' });
    expect(ownedBy({ ...context, accountId: 'one' }, owner)).toMatchObject({ accountId: 'one' });
    expect(() => ownedBy({ ...context, accountId: 'two' }, owner)).toThrow(
      expect.objectContaining({ code: 'file_account_conflict', param: 'here' }),
    );
    expect(ownedBy(context, undefined)).toBe(context);
  });
});
