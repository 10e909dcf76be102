import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dialectDoors } from '../support/dialect-doors/dialect-doors.ts';
import { ask, openGateway, parsed, type TestGateway } from '../support/gateway.ts';
import { pngFile, pngUri } from '../support/sample-files.ts';
import { readServerSentEvents } from '../support/server-sent-events.ts';

const owners = ['one@example.com', 'two@example.com'];
const pictureModel = 'qwen3.7-plus-image';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openGateway({ accounts: owners });
});
beforeEach(() => gateway.simulator.control.heal());
afterAll(() => gateway.close());

/** The body of the newest completion that the upstream has seen. */
function lastAsked() {
  const { body } = gateway.simulator.control.requests().findLast(({ route }) => route === 'completion') ?? {};
  return JSON.parse(JSON.stringify(body));
}

function lastChat() {
  const { body } = gateway.simulator.control.requests().findLast(({ route }) => route === 'chat-create') ?? {};
  return JSON.parse(JSON.stringify(body));
}

describe.each(Object.entries(dialectDoors))('a chat that makes pictures, in %s', (_, door) => {
  it.each([false, true])('shows them in its text (streamed: %s)', async (stream) => {
    const { path, body } = door.request('A blue circle', stream);
    const asked = JSON.parse(JSON.stringify(body).replaceAll('"qwen3.7-plus"', `"${pictureModel}"`));
    const response = await gateway.request('POST', path.replace('qwen3.7-plus', pictureModel), asked);
    expect(response.status).toBe(200);
    const text = await response.text();
    const reading = stream ? door.readStream(readServerSentEvents(text)) : door.readWhole(text);
    expect(reading).toMatchObject({ finish: 'stop', terminated: true });
    expect(reading.text).toMatch(/!\[Image\]\(http[^)]+\/t2i\/[^)]+\.png\?key=TEST_KEY\)/);
    expect(lastAsked()).toMatchObject({ size: '1:1', messages: [{ chat_type: 't2i', content: 'A blue circle' }] });
    expect(lastChat()).toMatchObject({ chat_type: 't2i' });
  });
});

const picture = { type: 'image_url', image_url: { url: pngUri(7) } };
const message = (...content: readonly object[]) => ({ messages: [{ role: 'user', content }] });
const words = { type: 'text', text: 'Make it red' };

/** One question with one picture, in the words of each dialect, and where they say how it is to be shaped. */
const editModel = 'qwen3.7-plus-image-edit';
const png = pngFile(11).toString('base64');
const anthropicPicture = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: png } };
const geminiPicture = { inlineData: { mimeType: 'image/png', data: png } };
const edits: readonly (readonly [string, string, (stream: boolean) => object])[] = [
  ['openai-chat', '/v1/chat/completions', (stream) => ({ model: editModel, stream, ...message(words, picture) })],
  [
    'openai-responses',
    '/v1/responses',
    (stream) => ({
      model: editModel,
      stream,
      input: [
        {
          role: 'user',
          content: [
            { ...words, type: 'input_text' },
            { type: 'input_image', image_url: pngUri(7) },
          ],
        },
      ],
    }),
  ],
  [
    'anthropic',
    '/v1/messages',
    (stream) => ({ model: editModel, stream, max_tokens: 100, ...message(words, anthropicPicture) }),
  ],
  ['gemini', '', () => ({ contents: [{ role: 'user', parts: [{ text: words.text }, geminiPicture] }] })],
  [
    'native',
    '/api/chat',
    (stream) => ({ model: 'qwen3.7-plus', stream, chatType: 'image_edit', message: [words, picture] }),
  ],
];

describe('a chat that changes pictures, in each dialect', () => {
  it.each(edits.flatMap((edit) => [[...edit, false] as const, [...edit, true] as const]))(
    'shows the new one: %s',
    async (_, path, body, stream) => {
      const gemini = `/v1beta/models/${editModel}:${stream ? 'streamGenerateContent' : 'generateContent'}`;
      const response = await gateway.request('POST', path || gemini, body(stream));
      expect(response.status).toBe(200);
      expect(await response.text()).toMatch(/!\[Image\]\(http/);
      expect(lastAsked()).toMatchObject({
        messages: [{ chat_type: 'image_edit', content: 'Make it red', files: [{ type: 'image' }] }],
      });
      expect(lastChat()).toMatchObject({ chat_type: 'image_edit' });
    },
  );
});

describe('the shape of a picture in a chat', () => {
  const sizes = [
    ['1:1', '1:1'],
    ['4:3', '4:3'],
    ['3:4', '3:4'],
    ['16:9', '16:9'],
    ['9:16', '9:16'],
    ['1024x1024', '1:1'],
    ['1792x1024', '16:9'],
    ['1024*1792', '9:16'],
    ['1024x1536', '3:4'],
    ['auto', '1:1'],
  ] as const;

  it.each(sizes)('is asked for as %s and made as %s', async (size, made) => {
    const prompt = `A circle, ${size}`;
    for (const [path, body] of [
      ['/v1/chat/completions', ask(prompt, { model: pictureModel, size })],
      ['/api/chat', { message: prompt, chatType: 't2i', size }],
      ['/api/chat', { message: prompt, model: pictureModel, size }],
    ] as const) {
      expect((await gateway.request('POST', path, body)).status).toBe(200);
      expect(lastAsked()).toMatchObject({ size: made, messages: [{ chat_type: 't2i', content: prompt }] });
    }
  });

  it('is Google’s, in Gemini’s words', async () => {
    const path = `/v1beta/models/${pictureModel}:generateContent`;
    const shaped = (aspectRatio: string) => ({
      contents: [{ role: 'user', parts: [{ text: 'A circle' }] }],
      generationConfig: { imageConfig: { aspectRatio } },
    });
    for (const [asked, made] of [
      ['9:16', '9:16'],
      ['21:9', '16:9'],
    ] as const) {
      expect((await gateway.request('POST', path, shaped(asked))).status).toBe(200);
      expect(lastAsked()).toMatchObject({ size: made });
    }
    const refused = await gateway.request('POST', path, shaped('wide'));
    expect(refused.status).toBe(400);
    expect(JSON.stringify(await parsed(refused))).toContain('generationConfig.imageConfig.aspectRatio');
  });

  it.each(['round', '7:3', '0x100', '99999x1'])('is refused as %s', async (size) => {
    for (const [path, body] of [
      ['/v1/chat/completions', ask('A circle', { model: pictureModel, size })],
      ['/api/chat', { message: 'A circle', chatType: 'image_edit', size }],
    ] as const) {
      const response = await gateway.request('POST', path, body);
      expect(response.status).toBe(400);
      expect(await parsed(response)).toMatchObject({ error: { param: 'size', type: 'invalid_request_error' } });
    }
  });
});

describe('a chat that changes pictures', () => {
  it.each(['qwen3.7-plus-image-edit', 'qwen3.7-plus-image'])('does so with %s and a picture', async (model) => {
    const response = await gateway.request('POST', '/v1/chat/completions', { model, ...message(words, picture) });
    const { choices } = await parsed(response);
    expect(choices[0].message.content).toMatch(/^!\[Image\]\(/);
    expect(lastAsked()).toMatchObject({
      messages: [{ chat_type: 'image_edit', content: 'Make it red', files: [{ type: 'image' }] }],
    });
    expect(lastAsked()).not.toHaveProperty('size');
  });

  it('makes a new one when there is none to change', async () => {
    const response = await gateway.request(
      'POST',
      '/v1/chat/completions',
      ask('A circle', { model: 'qwen3.7-plus-image-edit', size: '1536x1024' }),
    );
    expect(response.status).toBe(200);
    expect(lastAsked()).toMatchObject({ size: '4:3', messages: [{ chat_type: 't2i' }] });
  });
});

describe('the native form', () => {
  it('makes and changes pictures by chat type', async () => {
    const made = await gateway.request('POST', '/api/chat', { message: 'A circle', chatType: 't2i', size: '9:16' });
    const { choices, chatId } = await parsed(made);
    expect(choices[0].message.content).toContain('![Image](');
    expect(lastAsked()).toMatchObject({ chat_id: chatId, size: '9:16', messages: [{ chat_type: 't2i' }] });
    await gateway.request('POST', '/api/chat', { message: [words, picture], chatType: 'image_edit' });
    expect(lastAsked()).toMatchObject({ messages: [{ chat_type: 'image_edit' }] });
  });

  it('refuses a shape that there is not', async () => {
    const response = await gateway.request('POST', '/api/chat', { message: 'A', chatType: 't2i', size: 'round' });
    expect(await parsed(response)).toMatchObject({ error: { param: 'size' } });
    expect(response.status).toBe(400);
  });
});

describe('what means nothing to a picture', () => {
  const send = (more: object) =>
    gateway.request('POST', '/v1/chat/completions', ask('A circle', { model: pictureModel, ...more }));
  const tool = { type: 'function', function: { name: 'look', parameters: { type: 'object', properties: {} } } };

  it('is left out when it is an offer', async () => {
    const response = await send({ tools: [tool], max_tokens: 1, stop: 'Image', temperature: 1 });
    const { choices } = await parsed(response);
    expect(choices[0]).toMatchObject({
      finish_reason: 'stop',
      message: { content: expect.stringContaining('![Image](') },
    });
    expect(lastAsked().messages[0].content).toBe('A circle');
  });

  it.each([
    ['tool_choice', { tools: [tool], tool_choice: 'required' }],
    ['response_format', { response_format: { type: 'json_object' } }],
    ['model', { model: 'qwen3.5-omni-plus-image' }],
    ['model', { model: 'qwen3.7-max-image', messages: [{ role: 'user', content: [words, picture] }] }],
  ])('is refused when it is a demand: %s', async (param, more) => {
    const response = await send(more);
    expect(response.status).toBe(400);
    expect(await parsed(response)).toMatchObject({ error: { param, code: 'unsupported_parameter' } });
  });

  it('is refused when it is no picture', async () => {
    const file = { type: 'file', file: { file_data: 'data:text/plain;base64,d29yZHM=', filename: 'a.txt' } };
    const response = await send(message(words, file));
    expect(await parsed(response)).toMatchObject({ error: { param: 'messages[0].content[1].file.file_data' } });
  });
});

it('lists the models that make pictures', async () => {
  const { data } = await parsed(await gateway.request('GET', '/v1/models'));
  const ids = data.map(({ id }: { id: string }) => id);
  expect(ids).toEqual(expect.arrayContaining(['Qwen3.7-Plus-image', 'Qwen3.7-Plus-image-edit']));
  expect(ids).not.toContain('Qwen3.7-Plus-video');
});

it('does not close an account for chats that has used up its pictures', async () => {
  const { control } = gateway.simulator;
  control.fault({ fault: 'rate-limited', num: 5, says: 'used up', times: 2 });
  const refused = await gateway.request('POST', '/v1/images/generations', { model: 'qwen3.7-plus', prompt: 'used up' });
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(4 * 3600);
  expect(await parsed(refused)).toMatchObject({ error: { code: 'insufficient_quota' } });
  expect((await gateway.request('POST', '/v1/chat/completions', ask('Hello'))).status).toBe(200);
  const { data } = await parsed(await gateway.request('GET', '/admin/accounts'));
  expect(data).toHaveLength(owners.length);
  for (const account of data) {
    expect(account).toMatchObject({ state: 'ok', waits: { image: { cause: 'quota' } } });
    expect(account.waits).not.toHaveProperty('chat');
  }
});
