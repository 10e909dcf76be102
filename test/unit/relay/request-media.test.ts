import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../../local/simulator/simulator.ts';
import type { ChatMessage, MediaPart } from '../../../shared/chat/request.ts';
import type { ChatUpstream, ResolvedChatRequest } from '../../../shared/chat/upstream.ts';
import { AccountFiles } from '../../../shared/files/account-files.ts';
import { MediaReader } from '../../../shared/files/media-reader.ts';
import { UploadRows } from '../../../shared/files/upload-rows.ts';
import { WebFetcher } from '../../../shared/files/web-fetcher.ts';
import { RequestMedia } from '../../../shared/relay/request-media.ts';
import { createQwenWebUpstream } from '../../../shared/upstreams/qwen-web/qwen-web-upstream.ts';
import { MemoryTable } from '../../support/memory-table.ts';
import { dataUri, mp4File, pdfUri, pngFile, pngUri } from '../../support/sample-files.ts';
import { assistant, chatRequest, model, user } from '../qwen-web/chat-request.ts';

const never = new AbortController().signal;
const email = 'owner@example.com';

let simulator: Simulator;
let upstream: ChatUpstream;
let table: MemoryTable;
let media: RequestMedia;
beforeAll(async () => {
  simulator = await startSimulator();
  upstream = createQwenWebUpstream({ baseUrl: simulator.url, idleSeconds: 60, chatTitle: 'A title' });
});
beforeEach(() => {
  simulator.control.reset();
  table = new MemoryTable();
  media = new RequestMedia({
    upstream,
    reader: new MediaReader(new WebFetcher()),
    files: new AccountFiles({ rows: new UploadRows(table, Date.now), onStoreError: () => {} }),
  });
});
afterAll(() => simulator.close());

const holder = () => ({ accountId: 'one', credentials: { token: simulator.control.accounts.token(email) } });
const saying = (...content: readonly MediaPart[]): ChatMessage => ({ role: 'user', content });
const picture = (number = 0): MediaPart => ({ type: 'image', url: pngUri(number), field: `field-${number}` });
const film = dataUri(mp4File, 'video/mp4');

async function uploadAll(request: ResolvedChatRequest) {
  return (await media.open(request, never)).uploadTo(holder(), upstream, never);
}

describe('the media of a request', () => {
  it('are uploaded, each address once, and told by their addresses', async () => {
    const result: ChatMessage = { role: 'tool', toolCallId: 'c', content: [picture(2)], isError: false };
    const messages = [saying(picture(1), picture(1)), assistant('Yes.'), user('and?'), result];
    const uploads = await uploadAll(chatRequest({ messages }));
    expect([...uploads.keys()]).toEqual([pngUri(1), pngUri(2)]);
    expect(simulator.control.uploads()).toHaveLength(2);
    expect(uploads.get(pngUri(1))?.reference.id).toBe(
      simulator.control.uploads().find(({ bytes }) => bytes.equals(pngFile(1)))?.id,
    );
  });

  it('of an upstream chat are those that it does not know yet', async () => {
    const messages = [saying(picture(1)), assistant('Yes.'), saying(picture(2))];
    const uploads = await uploadAll(chatRequest({ messages, thread: { chatId: 'chat' } }));
    expect([...uploads.keys()]).toEqual([pngUri(2)]);
  });

  it('that the upstream holds are left to it', async () => {
    const held: MediaPart = { type: 'image', url: 'https://cdn.qwenlm.ai/output/a.png' };
    expect(await uploadAll(chatRequest({ messages: [saying(held)] }))).toEqual(new Map());
    expect(simulator.control.requests()).toEqual([]);
  });

  it('that are none cost nothing', async () => {
    expect(await uploadAll(chatRequest({ messages: [user('hi'), assistant('hi'), user('so?')] }))).toEqual(new Map());
    expect(table.operations).toMatchObject({ get: 0, put: 0 });
  });

  it('are uploaded three at a time', async () => {
    simulator.control.fault({ fault: 'stall-before-head', route: 'upload-token', times: 3 });
    const messages = [saying(...[1, 2, 3, 4, 5].map(picture))];
    const uploads = uploadAll(chatRequest({ messages }));
    const waiting = () => simulator.control.requests().filter(({ stalled }) => stalled).length;
    await simulator.control.waitFor(() => waiting() === 3);
    expect(simulator.control.requests()).toHaveLength(3);
    simulator.control.release();
    expect([...(await uploads).keys()]).toEqual([1, 2, 3, 4, 5].map(pngUri));
  });

  it('that could not be uploaded are told of, and the others are kept for the next try', async () => {
    const opened = await media.open(chatRequest({ messages: [saying(picture(1), picture(2))] }), never);
    simulator.control.fault({ fault: 'storage-failed' });
    await expect(opened.uploadTo(holder(), upstream, never)).rejects.toMatchObject({ code: 'upstream_unavailable' });
    expect((await opened.uploadTo(holder(), upstream, never)).size).toBe(2);
    expect(simulator.control.uploads()).toHaveLength(2);
  });
});

describe('a file that no message holds', () => {
  const file = { name: 'conversation-1.txt', mediaType: 'text/plain', bytes: Buffer.from('once') };

  it('is given to an account once for each content, with media and without', async () => {
    for (const messages of [[user('hi')], [saying(picture(1))], [user('hi')]]) {
      const opened = await media.open(chatRequest({ messages }), never);
      const { reference } = await opened.hold(file, holder(), upstream, never);
      expect(reference).toMatchObject({ name: file.name, file_class: 'document', size: 4 });
    }
    const opened = await media.open(chatRequest(), never);
    await opened.hold({ ...file, bytes: Buffer.from('twice') }, holder(), upstream, never);
    await opened.hold(file, { ...holder(), accountId: 'two' }, upstream, never);
    expect(simulator.control.uploads().map(({ bytes }) => bytes.toString())).toEqual(['once', 'twice', 'once']);
  });

  it('of an account whose token was brought leaves nothing in the table', async () => {
    const opened = await media.open(chatRequest(), never);
    await opened.hold(file, { ...holder(), isBrought: true }, upstream, never);
    expect(table.operations).toMatchObject({ get: 0, put: 0 });
  });
});

describe('media that can not be taken', () => {
  const blind = { ...model, capabilities: { ...model.capabilities, vision: false } };

  it.each<[string, MediaPart]>([
    ['a picture', picture()],
    ['a held picture', { type: 'image', url: 'https://cdn.qwenlm.ai/a.png', field: 'field-0' }],
    ['a video', { type: 'video', url: film, field: 'field-0' }],
    ['a picture that is sent as a file', { type: 'file', url: pngUri(), field: 'field-0' }],
  ])('by a model that can not see are refused: %s', async (_, part) => {
    await expect(media.open(chatRequest({ messages: [saying(part)], target: blind }), never)).rejects.toMatchObject({
      code: 'unsupported_parameter',
      param: 'field-0',
    });
  });

  it('are no documents: any model takes those', async () => {
    const messages = [saying({ type: 'file', url: pdfUri, name: 'a.pdf' })];
    expect((await uploadAll(chatRequest({ messages, target: blind }))).size).toBe(1);
  });

  it.each<[MediaPart, RegExp]>([
    [{ type: 'image', url: film, field: 'here' }, /'here' is no picture/],
    [{ type: 'image', url: pdfUri, field: 'here' }, /'here' is no picture/],
    [{ type: 'video', url: pngUri(), field: 'here' }, /'here' is no video/],
    [{ type: 'file', url: 'data:,', field: 'here' }, /'here' must be a data URI in base64/],
  ])('are refused by their field: %j', async (part, message) => {
    const opened = media.open(chatRequest({ messages: [saying(picture(), part)] }), never);
    await expect(opened).rejects.toMatchObject({ code: 'invalid_media', param: 'here' });
    await expect(opened).rejects.toThrow(message);
    expect(simulator.control.requests()).toEqual([]);
  });

  it('are more than twenty', async () => {
    const parts = Array.from({ length: 21 }, (_, number) => picture(number));
    await expect(media.open(chatRequest({ messages: [saying(...parts)] }), never)).rejects.toMatchObject({
      code: 'invalid_request',
      param: 'field-20',
    });
  });

  it('are larger than 60 MB together', async () => {
    const large = Buffer.alloc(16_000_000, 'a');
    const parts = [1, 2, 3, 4].map((number): MediaPart => {
      large.write(String(number));
      return { type: 'file', url: dataUri(large, 'text/plain') };
    });
    await expect(media.open(chatRequest({ messages: [saying(...parts)] }), never)).rejects.toThrow(/larger than 60 MB/);
  });
});
