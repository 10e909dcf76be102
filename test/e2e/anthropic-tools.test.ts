import Anthropic from '@anthropic-ai/sdk';
import { betaTool } from '@anthropic-ai/sdk/helpers/beta/json-schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway, type TestGateway } from '../support/gateway.ts';

const weatherSchema = {
  type: 'object',
  properties: { city: { type: 'string' }, unit: { type: 'string', enum: ['c', 'f'] } },
  required: ['city'],
} as const;
const weather: Anthropic.Tool = {
  name: 'get_weather',
  description: 'Weather of a city',
  input_schema: { ...weatherSchema, required: ['city'] },
};

const callText = (city: string) =>
  `[tool_call]${JSON.stringify({ name: 'get_weather', arguments: { city } })}[/tool_call]`;

/** What makes the simulator call the tool: all of it on one line. */
const callFor = (...cities: readonly string[]) => `repeat: ${cities.map(callText).join(' ')}`;

let gateway: TestGateway;
let anthropic: Anthropic;
beforeAll(async () => {
  gateway = await openGateway();
  anthropic = new Anthropic({ baseURL: gateway.runtime.url, apiKey: gateway.adminKey, maxRetries: 0 });
});
afterAll(() => gateway.close());

const request = (content: string): Anthropic.MessageCreateParamsNonStreaming => ({
  model: 'qwen3.7-plus',
  max_tokens: 2000,
  tools: [weather],
  messages: [{ role: 'user', content }],
});

const callsIn = ({ content }: Anthropic.Message) => content.filter((block) => block.type === 'tool_use');

describe('tools', () => {
  it.each(['whole', 'streamed'] as const)('go round, %s', async (form) => {
    const answer = (body: Anthropic.MessageCreateParamsNonStreaming) =>
      form === 'whole' ? anthropic.messages.create(body) : anthropic.messages.stream(body).finalMessage();
    const body = request(callFor('Zürich "x" 東京'));
    const first = await answer(body);
    expect(first.stop_reason).toBe('tool_use');
    const [call] = callsIn(first);
    expect(call).toMatchObject({ name: 'get_weather', input: { city: 'Zürich "x" 東京' } });
    const second = await answer({
      ...body,
      messages: [
        ...body.messages,
        { role: 'assistant', content: first.content },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: call?.id ?? '', content: [{ type: 'text', text: 'Sunny.' }] },
            { type: 'text', text: 'repeat: It is sunny.' },
          ],
        },
      ],
    });
    expect(second).toMatchObject({ stop_reason: 'end_turn', content: [{ type: 'text', text: 'It is sunny.' }] });
  });

  it('may be called several times at once, with ids of their own', async () => {
    const message = await anthropic.messages.stream(request(callFor('Paris', 'Rome'))).finalMessage();
    expect(callsIn(message).map(({ input }) => input)).toEqual([{ city: 'Paris' }, { city: 'Rome' }]);
    expect(new Set(callsIn(message).map(({ id }) => id)).size).toBe(2);
  });

  it('stream their arguments in pieces that make strict JSON', async () => {
    const stream = anthropic.messages.stream(request(callFor('Llanfairpwllgwyngyll')));
    const pieces: string[] = [];
    stream.on('inputJson', (piece) => pieces.push(piece));
    await stream.finalMessage();
    expect(pieces[0]).toBe('');
    expect(JSON.parse(pieces.join(''))).toEqual({ city: 'Llanfairpwllgwyngyll' });
  });

  it('that failed are told of, and text may stand before a call', async () => {
    const message = await anthropic.messages.create({
      ...request(''),
      messages: [
        { role: 'user', content: 'weather in Paris?' },
        {
          role: 'assistant',
          content: [{ type: 'tool_use', id: 'other_1', name: 'get_weather', input: { city: 'Paris' } }],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'other_1', content: 'no connection', is_error: true },
            { type: 'text', text: `repeat: Once more. ${callText('Paris')}` },
          ],
        },
      ],
    });
    expect(message.content.map(({ type }) => type)).toEqual(['text', 'tool_use']);
  });

  it('are run by the SDK’s runner, whose thread is refused so that it sends everything', async () => {
    const asked: unknown[] = [];
    const runner = anthropic.beta.messages.toolRunner({
      model: 'qwen3.7-plus',
      max_tokens: 2000,
      max_iterations: 2,
      tools: [
        betaTool({
          name: 'get_weather',
          description: 'Weather of a city',
          inputSchema: weatherSchema,
          run: (input) => {
            asked.push(input);
            return 'repeat: Sunny, says the tool.';
          },
        }),
      ],
      messages: [{ role: 'user', content: callFor('Paris') }],
    });
    const last = await runner.runUntilDone();
    expect(asked).toEqual([{ city: 'Paris' }]);
    expect(last.role).toBe('assistant');
    const final = gateway.simulator.control.prompts().at(-1);
    expect(final?.text).toContain('says the tool');
    expect(JSON.stringify(final?.conversation)).toContain('Paris');
  });
});
