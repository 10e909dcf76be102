import { imageSize } from 'image-size';
import type OpenAI from 'openai';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openGateway, parsed, type TestGateway } from '../support/gateway.ts';
import { pngUri } from '../support/sample-files.ts';

const model = 'qwen3.7-plus';
const tool = { type: 'image_generation' as const };
const forced = { tools: [tool], tool_choice: tool };
const callOf = (args: object) =>
  `[tool_call]${JSON.stringify({ name: 'image_generation', arguments: args })}[/tool_call]`;

/** OpenAI's tool for pictures, by the official client, in both local modes, with one account for everything. */
describe.each(['start', 'dev'] as const)('the image tool of responses against npm run %s', (mode) => {
  let gateway: TestGateway;
  let openai: OpenAI;
  beforeAll(async () => {
    gateway = await openGateway({ mode });
    openai = gateway.openai;
  });
  beforeEach(() => gateway.simulator.control.heal());
  afterAll(() => gateway.close());

  /** The completions that the upstream has seen since, as they were asked. */
  function asked(since = 0) {
    const seen = gateway.simulator.control.requests().filter(({ route }) => route === 'completion');
    return seen.slice(since).map(({ body }) => JSON.parse(JSON.stringify(body)));
  }

  function pictureIn({ output }: { readonly output: readonly OpenAI.Responses.ResponseOutputItem[] }) {
    const item = output.find(({ type }) => type === 'image_generation_call');
    if (item?.type !== 'image_generation_call') throw new Error(`No picture in ${JSON.stringify(output)}.`);
    const bytes = Buffer.from(item.result ?? '', 'base64');
    return { ...item, file: imageSize(bytes) };
  }

  it('makes a picture when the choice names it', async () => {
    const before = asked().length;
    const tools = [{ ...tool, size: '1536x1024' as const, quality: 'high' as const, model: 'gpt-image-2' }];
    const response = await openai.responses.create({ model, input: 'A blue circle', tools, tool_choice: tool });
    expect(response).toMatchObject({ status: 'completed', error: null });
    expect(response.usage?.total_tokens).toBeGreaterThan(0);
    expect(response.output).toHaveLength(1);
    const { file, ...item } = pictureIn(response);
    expect(file).toMatchObject({ width: 1472, height: 1140, type: 'png' });
    expect(item).toMatchObject({ status: 'completed', action: 'generate', size: '1472x1140', output_format: 'png' });
    expect(item).toMatchObject({ quality: 'high', background: 'auto', id: expect.stringMatching(/^ig_/) });
    expect(item.revised_prompt).toMatch(/^A blue circle\n\nRich/);
    expect(asked(before)).toMatchObject([{ size: '4:3', messages: [{ chat_type: 't2i' }] }]);
    expect(pictureIn(await openai.responses.retrieve(response.id)).result).toBe(item.result);
  });

  it('streams it as the SDK knows it', async () => {
    const stream = await openai.responses.create({ model, input: 'A red circle', ...forced, stream: true });
    const types = [];
    let last: OpenAI.Responses.ResponseStreamEvent | undefined;
    for await (const event of stream) {
      types.push(event.type);
      last = event;
    }
    expect(types.filter((type) => type !== 'response.in_progress')).toEqual([
      'response.created',
      'response.output_item.added',
      'response.image_generation_call.in_progress',
      'response.image_generation_call.generating',
      'response.image_generation_call.completed',
      'response.output_item.done',
      'response.completed',
    ]);
    expect(last?.type === 'response.completed' && pictureIn(last.response).file.width).toBe(1328);
  });

  it('makes one in the background, and tells it again', async () => {
    const { id } = await openai.responses.create({ model, input: 'A green circle', ...forced, background: true });
    const types = [];
    for await (const { type } of await openai.responses.retrieve(id, { stream: true })) types.push(type);
    expect(types).toContain('response.image_generation_call.completed');
    expect(types.at(-1)).toBe('response.completed');
    expect(pictureIn(await openai.responses.retrieve(id)).file.width).toBe(1328);
  });

  it('lets the model call for one, whole and streamed, and ends with it', async () => {
    const calls = { text: `Here it comes.\n${callOf({ prompt: 'A circle, blue, on white' })}` };
    gateway.simulator.control.script(calls);
    const before = asked().length;
    const input = 'Draw me something round';
    const response = await openai.responses.create({ model, input, tools: [tool] });
    expect(response.output.map(({ type }) => type)).toEqual(['message', 'image_generation_call']);
    expect(response).toMatchObject({ status: 'completed', output_text: expect.stringMatching(/^Here it comes\.\s*$/) });
    expect(pictureIn(response)).toMatchObject({ revised_prompt: 'A circle, blue, on white', file: { width: 1328 } });
    expect(asked(before)[0].messages[0].content).toContain('image_generation');
    expect(asked(before)[1].messages[0]).toMatchObject({ chat_type: 't2i', content: 'A circle, blue, on white' });

    gateway.simulator.control.script(calls);
    const events: string[] = [];
    const stream = openai.responses.stream({ model, input, tools: [tool] });
    stream.on('event', ({ type }) => events.push(type));
    const final = await stream.finalResponse();
    expect(pictureIn(final).file.width).toBe(1328);
    expect(events).toContain('response.output_text.delta');
    expect(events.slice(-4)).toEqual([
      'response.image_generation_call.generating',
      'response.image_generation_call.completed',
      'response.output_item.done',
      'response.completed',
    ]);
    expect(asked(before)).toHaveLength(4);
  });

  it('answers in words when the model calls for nothing', async () => {
    const before = asked().length;
    const response = await openai.responses.create({ model, input: 'repeat: no picture', tools: [tool] });
    expect(response.output_text).toBe('no picture');
    expect(asked(before)).toHaveLength(1);
  });

  it('changes the picture of the answer before, by the history or by its item alone', async () => {
    const first = await openai.responses.create({ model, input: 'A circle', ...forced });
    const { id, result } = pictureIn(first);
    for (const more of [
      { input: 'Make it red', previous_response_id: first.id },
      {
        input: [
          { type: 'image_generation_call' as const, id, result: null, status: 'completed' as const },
          said('Make it red'),
        ],
      },
      {
        input: [
          { type: 'image_generation_call' as const, id: 'ig_x', result, status: 'completed' as const },
          said('Make it red'),
        ],
      },
    ]) {
      const next = await openai.responses.create({ model, ...forced, ...more });
      expect(pictureIn(next)).toMatchObject({ action: 'edit', revised_prompt: 'Make it red' });
      expect(asked().at(-1).messages[0]).toMatchObject({ chat_type: 'image_edit', files: [{ type: 'image' }] });
    }
    const held = Buffer.from(result ?? '', 'base64');
    expect(gateway.simulator.control.uploads().filter(({ bytes }) => bytes.equals(held))).toHaveLength(1);
  });

  it('lets the model change the picture of the message', async () => {
    gateway.simulator.control.script({ text: callOf({ prompt: 'The same in red', change: true }) });
    const input = [
      { role: 'user' as const, content: [{ type: 'input_text' as const, text: 'Red, please' }, imagePart(5)] },
    ];
    const response = await openai.responses.create({ model, input, tools: [tool] });
    expect(pictureIn(response)).toMatchObject({ action: 'edit', revised_prompt: 'The same in red' });
    expect(asked().at(-1).messages[0]).toMatchObject({ chat_type: 'image_edit', files: [{ type: 'image' }] });
  });

  it('makes a picture for a model that ends with -image', async () => {
    const response = await openai.responses.create({ model: `${model}-image`, input: 'A circle', tools: [tool] });
    expect(pictureIn(response).file.width).toBe(1328);
  });

  it('tells a failure by its status, or by the end of the stream behind words', async () => {
    const { control } = gateway.simulator;
    control.fault({ fault: 'data-inspection-input', says: 'forbidden circle', times: 3 });
    const input = 'A forbidden circle';
    for (const stream of [false, true]) {
      const response = await gateway.request('POST', '/v1/responses', { model, input, ...forced, stream });
      expect(response.status).toBe(400);
      expect(await parsed(response)).toMatchObject({ error: { code: 'content_filter' } });
    }
    control.script({ text: `Here.\n${callOf({ prompt: 'A forbidden circle' })}` });
    const stream = await openai.responses.create({ model, input: 'Draw', tools: [tool], stream: true });
    const types: string[] = [];
    const reading = (async () => {
      for await (const { type } of stream) types.push(type);
    })();
    await expect(reading).rejects.toThrow(/./);
    expect(types).toContain('response.output_text.delta');
    expect(types).not.toContain('response.completed');
  });
});

const said = (content: string) => ({ role: 'user' as const, content });
const imagePart = (number: number) => ({
  type: 'input_image' as const,
  image_url: pngUri(number),
  detail: 'auto' as const,
});

describe('what the image tool can’t have', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway();
  });
  afterAll(() => gateway.close());

  it.each([
    ['tools[0].size', { tools: [{ ...tool, size: 'huge' }] }],
    ['tools[0].background', { tools: [{ ...tool, background: 'transparent' }] }],
    ['tools[0].output_format', { tools: [{ ...tool, output_format: 'svg' }] }],
    ['tools[0].input_image_mask', { tools: [{ ...tool, input_image_mask: { image_url: pngUri(1) } }] }],
    ['tools[0].partial_images', { tools: [{ ...tool, partial_images: 4 }] }],
    ['tools[0].quality', { tools: [{ ...tool, quality: 'best' }] }],
    ['tools[0].action', { tools: [{ ...tool, action: 'guess' }] }],
    ['tool_choice', { tool_choice: tool }],
    ['input', { tools: [{ ...tool, action: 'edit' }], tool_choice: tool }],
    ['model', { tools: [{ ...tool, model: 'qwen3.5-omni-plus' }], tool_choice: tool }],
  ])('is refused by name: %s', async (param, fields) => {
    const response = await gateway.request('POST', '/v1/responses', { model, input: 'A circle', ...fields });
    expect(response.status).toBe(400);
    expect(await parsed(response)).toMatchObject({ error: { param, type: 'invalid_request_error' } });
  });
});
