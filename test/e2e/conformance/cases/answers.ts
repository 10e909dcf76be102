import { expect } from 'vitest';
import { type Bench, type ConformanceCase, completionsOf, messageOf } from '../bench.ts';
import { isNotOffered } from '../client.ts';

const text: ConformanceCase = {
  name: 'text',
  async run({ client, use }) {
    const answer = await use.text('repeat: All good — 東京 is “sunny”.');
    expect(answer).toMatchObject({ text: 'All good — 東京 is “sunny”.', finish: client.finish.stop });
    expect(answer.totalTokens).toBeGreaterThan(0);
    return undefined;
  },
};

const stream: ConformanceCase = {
  name: 'stream',
  async run({ client, use }) {
    const answer = await use.stream('count to 60');
    expect(answer.text.match(/\d+/g)?.map(Number)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
    expect(answer.pieces.join('')).toBe(answer.text);
    expect(answer.pieces.length).toBeGreaterThan(3);
    expect(answer.finish).toBe(client.finish.stop);
    expect(answer.totalTokens).toBeGreaterThan(0);
    return undefined;
  },
};

const thinking: ConformanceCase = {
  name: 'thinking',
  async run({ client, gateway, use: { thinking: offer } }) {
    if (isNotOffered(offer)) return `not offered: ${offer.reason}`;
    const [asked] = await completionsOf(gateway, async () => {
      const answer = await offer('repeat: forty-two');
      expect(answer).toMatchObject({ text: 'forty-two', finish: client.finish.stop });
      expect(answer.thoughts).toContain('I will say what I saw.');
    });
    expect(messageOf(asked)).toMatchObject({ feature_config: { thinking_enabled: true } });
    return undefined;
  },
};

/** One white point. */
const picture = {
  mediaType: 'image/png',
  base64: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg==',
} as const;

const image: ConformanceCase = {
  name: 'image input',
  async run({ client, gateway, use }) {
    const bytes = Buffer.from(picture.base64, 'base64').length;
    const [asked] = await completionsOf(gateway, async () => {
      const answer = await use.image('What is in the picture?', picture);
      expect(answer).toMatchObject({
        text: expect.stringContaining(`(image, ${bytes} bytes)`),
        finish: client.finish.stop,
      });
    });
    expect(messageOf(asked)).toMatchObject({ files: [{ type: 'image' }] });
    return undefined;
  },
};

const schema = {
  type: 'object',
  properties: { city: { type: 'string' }, population: { type: 'integer' } },
  required: ['city', 'population'],
  additionalProperties: false,
};

/** The simulator answers with a fenced block that fits the schema, or makes the call that the prompt tells it to make. */
const structured: ConformanceCase = {
  name: 'structured output',
  async run({ client, use }: Bench) {
    const { structuredBy } = client;
    if (structuredBy === 'schema') {
      expect(await use.structured('Tell me of a city.', schema)).toEqual({ city: 'text', population: 1 });
      return undefined;
    }
    const call = JSON.stringify({ name: structuredBy.toolNamed, arguments: { city: 'Paris', population: 2 } });
    const prompt = `repeat: [tool_call]${call}[/tool_call]`;
    expect(await use.structured(prompt, schema)).toEqual({ city: 'Paris', population: 2 });
    return 'ok, by a forced tool';
  },
};

export const answerCases = { text, stream, thinking, image, structured };
