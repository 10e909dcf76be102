import { createHash, randomBytes } from 'node:crypto';
import OpenAI, { APIError, toFile } from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway, parsed, type TestGateway } from '../support/gateway.ts';
import { mp4File, pdfFile, pngFile } from '../support/sample-files.ts';

const guestKey = 'sk-test-guest-key-0123456789';
const model = 'qwen3.7-plus';

async function refusalOf(call: Promise<unknown>): Promise<APIError> {
  const error = await call.then(
    () => new Error('nothing was refused'),
    (refusal: unknown) => refusal,
  );
  if (error instanceof APIError) return error;
  throw error;
}

describe.each(['start', 'dev'] as const)('files, with %s', (mode) => {
  let gateway: TestGateway;
  let guest: OpenAI;
  beforeAll(async () => {
    gateway = await openGateway({ mode, env: { API_KEYS: guestKey }, accounts: ['one@example.com'] });
    guest = new OpenAI({ baseURL: `${gateway.runtime.url}/v1`, apiKey: guestKey, maxRetries: 0 });
  });
  afterAll(() => gateway.close());

  it('are made, found, read, listed and deleted by the official client', async () => {
    const { openai } = gateway;
    const made = await openai.files.create({
      file: await toFile(pdfFile, 'notes on birds.pdf'),
      purpose: 'user_data',
      expires_after: { anchor: 'created_at', seconds: 7200 },
    });
    expect(made).toMatchObject({
      object: 'file',
      bytes: pdfFile.length,
      filename: 'notes on birds.pdf',
      status: 'processed',
    });
    expect(made.expires_at).toBe(made.created_at + 7200);
    expect(await openai.files.retrieve(made.id)).toEqual(made);
    expect(await openai.files.waitForProcessing(made.id)).toEqual(made);
    const content = await openai.files.content(made.id);
    expect(Buffer.from(await content.arrayBuffer()).equals(pdfFile)).toBe(true);
    expect(content.headers.get('content-type')).toBe('application/pdf');
    expect(content.headers.get('content-disposition')).toContain("filename*=UTF-8''notes%20on%20birds.pdf");
    expect(await openai.files.delete(made.id)).toEqual({ id: made.id, object: 'file', deleted: true });
    for (const verb of ['retrieve', 'content', 'delete'] as const) {
      expect(await refusalOf(openai.files[verb](made.id))).toMatchObject({ status: 404, code: 'file_not_found' });
    }
  });

  it('are listed page by page, each key its own', async () => {
    const mine: string[] = [];
    for (let index = 0; index < 3; index += 1) {
      mine.push(
        (await guest.files.create({ file: await toFile(Buffer.from(`${index}`), `${index}.txt`), purpose: 'batch' }))
          .id,
      );
    }
    const listed: string[] = [];
    for await (const file of guest.files.list({ limit: 2 })) listed.push(file.id);
    expect(listed).toEqual(mine.toReversed());
    const page = await parsed(
      await gateway.request('GET', '/v1/files?limit=2&order=asc', undefined, { authorization: `Bearer ${guestKey}` }),
    );
    expect(page).toMatchObject({ object: 'list', has_more: true, first_id: mine[0], last_id: mine[1] });
    expect((await guest.files.list({ purpose: 'vision' })).data).toEqual([]);
    const [foreign = ''] = mine;
    expect(await refusalOf(gateway.openai.files.retrieve(foreign))).toMatchObject({
      status: 404,
      code: 'file_not_found',
    });
    expect(await refusalOf(gateway.openai.files.delete(foreign))).toMatchObject({ status: 404 });
    const messages = [{ role: 'user' as const, content: [{ type: 'file' as const, file: { file_id: foreign } }] }];
    expect(await refusalOf(gateway.openai.chat.completions.create({ model, messages }))).toMatchObject({
      status: 404,
      code: 'file_not_found',
      param: 'messages[0].content[0].file.file_id',
    });
  });

  it('of more than 4.5 MB are uploaded in parts, in the order that is told at the end', {
    timeout: 60_000,
  }, async () => {
    const { openai } = gateway;
    const parts = [0, 1, 2, 3].map((index) => randomBytes(index === 3 ? 1000 : 4_000_000));
    const whole = Buffer.concat(parts);
    const upload = await openai.uploads.create({
      filename: 'a.bin',
      bytes: whole.length,
      mime_type: 'application/octet-stream',
      purpose: 'user_data',
    });
    expect(upload).toMatchObject({
      object: 'upload',
      status: 'pending',
      bytes: whole.length,
      expires_at: upload.created_at + 3600,
    });
    // They come in another order than theirs.
    const ids = new Map<number, string>();
    for (const index of [2, 0, 3, 1]) {
      const part = await openai.uploads.parts.create(upload.id, {
        data: await toFile(parts[index] ?? Buffer.alloc(0)),
      });
      expect(part).toMatchObject({ object: 'upload.part', upload_id: upload.id });
      ids.set(index, part.id);
    }
    const md5 = createHash('md5').update(whole).digest('hex');
    const partIds = [0, 1, 2, 3].map((index) => ids.get(index) ?? '');
    expect(await refusalOf(openai.uploads.complete(upload.id, { part_ids: partIds.toReversed(), md5 }))).toMatchObject({
      status: 400,
      code: 'upload_mismatch',
      param: 'md5',
    });
    const done = await openai.uploads.complete(upload.id, { part_ids: partIds, md5 });
    expect(done).toMatchObject({
      status: 'completed',
      file: { object: 'file', bytes: whole.length, filename: 'a.bin' },
    });
    const content = await openai.files.content(done.file?.id ?? '');
    expect(Buffer.from(await content.arrayBuffer()).equals(whole)).toBe(true);
    // Once more is the same; otherwise is a conflict; and it takes nothing more.
    expect(await openai.uploads.complete(upload.id, { part_ids: partIds, md5 })).toEqual(done);
    const more = await toFile(Buffer.from('a'));
    const late = [
      () => openai.uploads.complete(upload.id, { part_ids: partIds.toReversed() }),
      () => openai.uploads.parts.create(upload.id, { data: more }),
      () => openai.uploads.cancel(upload.id),
    ];
    for (const call of late) expect(await refusalOf(call())).toMatchObject({ status: 409, code: 'upload_not_pending' });
  });

  it('that are too large for a function are refused, and told the way', async () => {
    const large = await toFile(Buffer.alloc(30_000_000), 'a.bin');
    const error = await refusalOf(gateway.openai.files.create({ file: large, purpose: 'user_data' }));
    expect(error.status).toBe(413);
    expect(error.message).toMatch(/\/v1\/uploads.*\/api\/files\/sign/);
    const slightly = await toFile(Buffer.alloc(4_500_001), 'a.bin');
    const other = await refusalOf(gateway.openai.files.create({ file: slightly, purpose: 'user_data' }));
    expect(other).toMatchObject({ status: 413, code: 'file_too_large', param: 'file' });
    expect(other.message).toMatch(/\/v1\/uploads.*\/api\/files\/sign/);
    const form = await toFile(Buffer.alloc(4_600_001), 'a.bin');
    expect(await refusalOf(gateway.openai.files.create({ file: form, purpose: 'user_data' }))).toMatchObject({
      status: 413,
      code: 'request_too_large',
    });
  });

  it('are seen in messages of every dialect', { timeout: 120_000 }, async () => {
    const { openai } = gateway;
    const file = async (bytes: Buffer, name: string) =>
      (await openai.files.create({ file: await toFile(bytes, name), purpose: 'user_data' })).id;
    const [picture, film, document] = [
      await file(pngFile(7), 'tower.png'),
      await file(mp4File, 'walk.mp4'),
      await file(pdfFile, 'a.pdf'),
    ];
    const seenPicture = `tower.png (image, ${pngFile(7).length} bytes)`;
    const seenFilm = `walk.mp4 (video, ${mp4File.length} bytes)`;
    const seenDocument = `a.pdf (file, ${pdfFile.length} bytes)`;
    const user = (part: object) => [{ role: 'user', content: [part] }];
    const gemini = (part: object) => ({ contents: [{ role: 'user', parts: [part] }] });
    const geminiPath = `/v1beta/models/${model}:generateContent`;
    const rows: readonly (readonly [string, object, string])[] = [
      ['/v1/chat/completions', { model, messages: user({ type: 'file', file: { file_id: document } }) }, seenDocument],
      ['/v1/chat/completions', { model, messages: user({ type: 'file', file: { file_id: picture } }) }, seenPicture],
      ['/api/chat', { model, message: [{ type: 'input_video', file_id: film }] }, seenFilm],
      ['/v1/responses', { model, input: user({ type: 'input_file', file_id: document }) }, seenDocument],
      ['/v1/responses', { model, input: user({ type: 'input_image', file_id: picture }) }, seenPicture],
      [
        '/v1/messages',
        { model, max_tokens: 99, messages: user({ type: 'image', source: { type: 'file', file_id: picture } }) },
        seenPicture,
      ],
      [
        '/v1/messages',
        { model, max_tokens: 99, messages: user({ type: 'document', source: { type: 'file', file_id: document } }) },
        seenDocument,
      ],
      [
        geminiPath,
        gemini({ fileData: { mimeType: 'image/png', fileUri: `https://a.example/v1beta/files/${picture}` } }),
        seenPicture,
      ],
      [geminiPath, gemini({ fileData: { mimeType: 'video/mp4', fileUri: `files/${film}` } }), seenFilm],
    ];
    for (const [path, body, seen] of rows) {
      const text = await (await gateway.request('POST', path, body)).text();
      expect(text).toContain(seen);
    }
    const edited = await gateway.request('POST', '/v1/images/edits', {
      prompt: 'blue',
      images: [{ file_id: picture }],
    });
    expect([edited.status, (await parsed(edited)).data?.length]).toEqual([200, 1]);
    expect(gateway.simulator.control.violations()).toEqual([]);
    // One upload each, however often and in whichever words it was asked about.
    expect(gateway.simulator.control.uploads()).toHaveLength(3);
  });
});
