import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../../local/simulator/simulator.ts';
import { StalledAnswerError } from '../../../shared/chat/errors/answer-faults.ts';
import type { ChatUpstream } from '../../../shared/chat/upstream.ts';
import { AccountFiles } from '../../../shared/files/account-files.ts';
import type { MediaFile } from '../../../shared/files/describe-file.ts';
import { MediaReader } from '../../../shared/files/media-reader.ts';
import { UploadRows } from '../../../shared/files/upload-rows.ts';
import { WebFetcher } from '../../../shared/files/web-fetcher.ts';
import { uploadKey } from '../../../shared/store/keys.ts';
import { StoreUnavailableError } from '../../../shared/store/store-errors.ts';
import { createQwenWebUpstream } from '../../../shared/upstreams/qwen-web/qwen-web-upstream.ts';
import { MemoryTable } from '../../support/memory-table.ts';
import { pdfUri, pngUri } from '../../support/sample-files.ts';

const never = new AbortController().signal;
const emails = ['one@example.com', 'two@example.com'] as const;

let simulator: Simulator;
let upstream: ChatUpstream;
let table: MemoryTable;
beforeAll(async () => {
  simulator = await startSimulator();
  upstream = createQwenWebUpstream({ baseUrl: simulator.url, idleSeconds: 60, chatTitle: 'A title' });
});
beforeEach(() => {
  simulator.control.reset();
  for (const email of emails) simulator.control.accounts.add({ email, password: 'a' });
  table = new MemoryTable();
});
afterAll(() => simulator.close());

/** One instance of the gateway; several share the table. */
function instance({ now = Date.now, store = table, timeLimit = 10_000 } = {}) {
  const errors: unknown[] = [];
  const rows = new UploadRows(store, now);
  const files = new AccountFiles({ rows, timeLimit, onStoreError: (error) => errors.push(error) });
  const hold = async (file: MediaFile, email: string = emails[0], signal = never) => {
    const credentials = { token: simulator.control.accounts.token(email) };
    return files.hold(file, { accountId: email, credentials }, upstream, signal);
  };
  return { hold, errors };
}

const reader = new MediaReader(new WebFetcher());
const picture = (number = 0) => reader.read({ type: 'image', url: pngUri(number) }, never);
const holders = () => simulator.control.uploads().map(({ account }) => account);

describe('a file', () => {
  it('is uploaded once to an account, whichever instance is asked', async () => {
    const file = await picture();
    const [first, other] = [instance(), instance()];
    const uploaded = await first.hold(file);
    expect(uploaded.reference).toMatchObject({ type: 'image', name: 'picture.png' });
    expect(await first.hold(file)).toEqual(uploaded);
    expect(await other.hold(await picture())).toEqual(uploaded);
    expect(holders()).toEqual([emails[0]]);
  });

  it('of an account that the caller has brought is neither remembered nor looked for', async () => {
    const file = await picture();
    const files = new AccountFiles({ rows: new UploadRows(table, Date.now), onStoreError: () => {} });
    const credentials = { token: simulator.control.accounts.token(emails[0]) };
    const hold = (isBrought: boolean) =>
      files.hold(file, { accountId: emails[0], credentials, isBrought }, upstream, never);
    await hold(true);
    expect(await table.get(uploadKey(emails[0], file.hash))).toBeUndefined();
    await hold(false);
    expect(await table.get(uploadKey(emails[0], file.hash))).toBeDefined();
    await hold(true);
    expect(holders()).toHaveLength(3);
  });

  it('is uploaded once when several ask at once', async () => {
    const { hold } = instance();
    const file = await picture();
    const all = await Promise.all([hold(file), hold(file), hold(file)]);
    expect(new Set(all.map(({ reference }) => reference.id)).size).toBe(1);
    expect(holders()).toHaveLength(1);
  });

  it('is uploaded to each account, as accounts can’t use each other’s', async () => {
    const { hold } = instance();
    const file = await picture();
    const [one, two] = [await hold(file, emails[0]), await hold(file, emails[1])];
    expect(one.reference.id).not.toBe(two.reference.id);
    expect(holders()).toEqual(emails);
  });

  it('is told from others by its content', async () => {
    const { hold } = instance();
    await hold(await picture(1));
    await hold(await picture(2));
    expect(holders()).toHaveLength(2);
  });

  it('is uploaded anew once it may not be used any more', async () => {
    let now = Date.now();
    const { hold } = instance({ now: () => now });
    const file = await picture();
    const { usableUntil } = await hold(file);
    now = usableUntil - 1;
    await hold(file);
    expect(holders()).toHaveLength(1);
    now = usableUntil;
    await hold(file);
    expect(holders()).toHaveLength(2);
  });

  it('is forgotten by DynamoDB some time after', async () => {
    const file = await picture();
    const { usableUntil } = await instance().hold(file);
    const row = table.peek(uploadKey(emails[0], file.hash));
    expect(row?.ttl).toBe(Math.ceil(usableUntil / 1000));
    expect(JSON.stringify(row)).not.toContain(simulator.control.accounts.token(emails[0]));
  });

  it('is uploaded anew when its row makes no sense', async () => {
    const file = await picture();
    for (const reference of [undefined, '[]', 'null', '{', 5]) {
      await table.put(uploadKey(emails[0], file.hash), { usableUntil: Date.now() + 1e6, reference });
      expect((await instance().hold(file)).reference).toMatchObject({ name: 'picture.png' });
    }
    expect(holders()).toHaveLength(5);
  });
});

describe('an upload', () => {
  it('that failed is not remembered', async () => {
    const { hold } = instance();
    const file = await picture();
    simulator.control.fault({ fault: 'storage-failed' });
    await expect(hold(file)).rejects.toMatchObject({ code: 'upstream_unavailable', upstreamCode: 'InternalError' });
    expect((await hold(file)).reference).toMatchObject({ name: 'picture.png' });
  });

  it('needs no table', async () => {
    class BrokenTable extends MemoryTable {
      override get(): Promise<never> {
        return Promise.reject(new StoreUnavailableError('away'));
      }
      override put(): Promise<never> {
        return Promise.reject(new StoreUnavailableError('away'));
      }
    }
    const { hold, errors } = instance({ store: new BrokenTable() });
    expect((await hold(await picture())).reference).toMatchObject({ name: 'picture.png' });
    expect(errors).toEqual([expect.any(StoreUnavailableError), expect.any(StoreUnavailableError)]);
  });

  it('that takes too long is given up', async () => {
    simulator.control.fault({ fault: 'stall-before-head', route: 'upload' });
    const { hold } = instance({ timeLimit: 50 });
    await expect(hold(await picture())).rejects.toBeInstanceOf(StalledAnswerError);
  });

  it('is given up when nobody waits for it', async () => {
    simulator.control.fault({ fault: 'stall-before-head', route: 'parse' });
    const document = await reader.read({ type: 'file', url: pdfUri, name: 'a.pdf' }, never);
    const controller = new AbortController();
    const held = instance().hold(document, emails[0], controller.signal);
    await simulator.control.waitFor(({ route, stalled }) => route === 'parse' && stalled);
    controller.abort(new StalledAnswerError('the caller has left'));
    await expect(held).rejects.toThrow('the caller has left');
    await simulator.control.waitFor(({ route, outcome }) => route === 'parse' && outcome === 'client-gone');
  });
});
