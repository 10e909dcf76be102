import OpenAI, { APIError, toFile } from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway, parsed, type TestGateway } from '../support/gateway.ts';
import { clientOf, newGuest } from '../support/guests.ts';

const model = 'qwen3.7-plus';
const missing = `file-${'0'.repeat(36)}`;

let gateway: TestGateway;
let openai: OpenAI;
let other: OpenAI;
beforeAll(async () => {
  const otherKey = 'sk-test-other-key-0123456789';
  gateway = await openGateway({ env: { API_KEYS: otherKey, PASS_THROUGH_TOKENS: 'true' } });
  openai = gateway.openai;
  other = new OpenAI({ baseURL: `${gateway.runtime.url}/v1`, apiKey: otherKey, maxRetries: 0 });
});
afterAll(() => gateway.close());

async function refusalOf(call: Promise<unknown>): Promise<APIError> {
  const error = await call.then(
    () => new Error('nothing was refused'),
    (refusal: unknown) => refusal,
  );
  if (error instanceof APIError) return error;
  throw error;
}

const fileOf = (text: string) => toFile(Buffer.from(text), 'a.txt');
const begin = (client: OpenAI, bytes: number) =>
  client.uploads.create({ filename: 'a.txt', bytes, mime_type: 'text/plain', purpose: 'user_data' });

describe('a file that is no good', () => {
  it.each([
    [{ purpose: 'user_data' }, '', 'file'],
    [{ purpose: 'world domination' }, 'words', 'purpose'],
    [{ purpose: 'batch', expires_after: { anchor: 'created_at', seconds: 60 } }, 'words', 'expires_after.seconds'],
  ])('is refused by name: %j', async (fields, text, param) => {
    const body = JSON.parse(JSON.stringify(fields));
    const error = await refusalOf(openai.files.create({ ...body, file: await fileOf(text) }));
    expect(error).toMatchObject({ status: 400, type: 'invalid_request_error', param });
  });

  it('is JSON in place of a form', async () => {
    const response = await gateway.request('POST', '/v1/files', { purpose: 'user_data', file: 'words' });
    expect([response.status, (await parsed(response)).error.message]).toEqual([400, expect.stringContaining('form')]);
  });

  it.each(['limit=0', 'limit=10001', 'limit=x', 'order=up', 'purpose=fun'])('list: %s', async (query) => {
    const response = await gateway.request('GET', `/v1/files?${query}`);
    expect([response.status, (await parsed(response)).error.param]).toEqual([400, query.split('=')[0]]);
  });
});

describe('an upload that is no good', () => {
  it('is another key’s, or none', async () => {
    const upload = await begin(openai, 5);
    const data = await fileOf('words');
    for (const id of [upload.id, 'upload_1', `upload_${'0'.repeat(36)}`]) {
      for (const act of [
        () => other.uploads.parts.create(id, { data }),
        () => other.uploads.complete(id, { part_ids: ['part_1'] }),
        () => other.uploads.cancel(id),
      ]) {
        expect(await refusalOf(act())).toMatchObject({ status: 404, code: 'upload_not_found' });
      }
    }
  });

  it('has parts that are empty, too large, or another upload’s', async () => {
    const upload = await begin(openai, 5);
    expect(await refusalOf(openai.uploads.parts.create(upload.id, { data: await fileOf('') }))).toMatchObject({
      status: 400,
      param: 'data',
    });
    const large = await refusalOf(
      openai.uploads.parts.create(upload.id, { data: await toFile(Buffer.alloc(4_500_001), 'a') }),
    );
    expect(large).toMatchObject({ status: 413, code: 'file_too_large', param: 'data' });
    const foreign = await openai.uploads.parts.create((await begin(openai, 5)).id, { data: await fileOf('words') });
    expect(await refusalOf(openai.uploads.complete(upload.id, { part_ids: [foreign.id] }))).toMatchObject({
      status: 400,
      code: 'upload_mismatch',
      param: 'part_ids[0]',
    });
  });

  it('has other bytes than were announced', async () => {
    const upload = await begin(openai, 6);
    const part = await openai.uploads.parts.create(upload.id, { data: await fileOf('words') });
    expect(await refusalOf(openai.uploads.complete(upload.id, { part_ids: [part.id] }))).toMatchObject({
      status: 400,
      code: 'upload_mismatch',
      param: 'part_ids',
    });
  });

  it('was cancelled', async () => {
    const upload = await begin(openai, 5);
    const part = await openai.uploads.parts.create(upload.id, { data: await fileOf('words') });
    expect(await openai.uploads.cancel(upload.id)).toMatchObject({ id: upload.id, status: 'cancelled' });
    expect(await openai.uploads.cancel(upload.id)).toMatchObject({ status: 'cancelled' });
    const refusal = await refusalOf(openai.uploads.complete(upload.id, { part_ids: [part.id] }));
    expect(refusal).toMatchObject({ status: 409, code: 'upload_not_pending' });
  });

  it('is larger than can be kept', async () => {
    expect(await refusalOf(begin(openai, 600_000_000))).toMatchObject({ status: 413, param: 'bytes' });
  });
});

describe('a file that is not there', () => {
  const user = (part: object) => [{ role: 'user', content: [part] }];

  it.each([
    [
      '/v1/responses',
      { model, input: user({ type: 'input_file', file_id: missing }) },
      { error: { code: 'file_not_found', param: 'input[0].content[0].file_id' } },
    ],
    [
      '/v1/messages',
      { model, max_tokens: 9, messages: user({ type: 'image', source: { type: 'file', file_id: missing } }) },
      { type: 'error', error: { type: 'not_found_error' } },
    ],
    [
      `/v1beta/models/${model}:generateContent`,
      { contents: [{ role: 'user', parts: [{ fileData: { fileUri: `files/${missing}` } }] }] },
      { error: { code: 404, status: 'NOT_FOUND' } },
    ],
    [
      '/api/chat',
      { model, message: [{ type: 'file', file: { file_id: 'x' } }] },
      { error: { code: 'file_not_found' } },
    ],
    [
      '/v1/images/edits',
      { prompt: 'blue', images: [{ file_id: missing }] },
      { error: { code: 'file_not_found', param: 'images[0].file_id' } },
    ],
  ])('is told in the form of %s', async (path, body, expected) => {
    const response = await gateway.request('POST', path, body);
    expect([response.status, await parsed(response)]).toMatchObject([404, expected]);
  });
});

it('callers with tokens of their own keep no files here', async () => {
  const guest = clientOf(gateway, [newGuest(gateway, 'guest@example.com')]);
  for (const act of [
    async () => guest.files.create({ file: await fileOf('words'), purpose: 'user_data' }),
    async () => begin(guest, 5),
  ]) {
    expect(await refusalOf(act())).toMatchObject({ status: 400, code: 'unsupported_parameter' });
  }
  expect((await guest.files.list()).data).toEqual([]);
});
