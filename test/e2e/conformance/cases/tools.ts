import { expect } from 'vitest';
import { type ConformanceCase, completionsOf, messageOf } from '../bench.ts';
import type { CaseTool } from '../client.ts';

/** A tool that keeps what it was called with, and whose results the simulator repeats. */
function weatherTool(seen: unknown[] = []): CaseTool {
  return {
    name: 'get_weather',
    description: 'Tells the weather of a city.',
    parameters: {
      type: 'object',
      properties: { city: { type: 'string' }, note: { type: 'string' }, days: { type: 'integer' } },
      required: ['city'],
      additionalProperties: false,
    },
    run(input) {
      seen.push(input);
      return `repeat: Result ${seen.length} says sun.`;
    },
  };
}

const callOf = (input: object) => `[tool_call]${JSON.stringify({ name: 'get_weather', arguments: input })}[/tool_call]`;

/** Two calls in one answer; the model must see both results, each beside its own call. */
const tools: ConformanceCase = {
  name: 'tools round trip',
  async run({ client, gateway, use }) {
    const inputs = [{ city: 'Paris' }, { city: 'Zürich "x"\n東京', days: 3 }];
    const seen: unknown[] = [];
    const completions = await completionsOf(gateway, async () => {
      const round = await use.tools(`repeat: ${inputs.map(callOf).join(' ')}`, weatherTool(seen));
      expect(round.calls.map(({ name, input }) => ({ name, input }))).toEqual(
        inputs.map((input) => ({ name: 'get_weather', input })),
      );
      expect(new Set(round.calls.map(({ id }) => id)).size).toBe(2);
      expect(round.text).toBe('Result 2 says sun.');
      expect(round.finishes).toEqual([client.finish.tools, client.finish.stop]);
    });
    expect(seen).toEqual(inputs);
    expect(completions).toHaveLength(2);
    expect(JSON.stringify(messageOf(completions[0]))).toContain('get_weather');
    const { text = '', conversation: said = [] } = gateway.simulator.control.prompts().at(-1) ?? {};
    // The chat goes on: only the results are new.
    expect(text).not.toContain('Paris');
    const conversation = said.map(({ words }) => words).join('\n');
    expect(conversation.match(/Paris|東京|Result \d/g)?.slice(-4)).toEqual(['Paris', '東京', 'Result 1', 'Result 2']);
    return undefined;
  },
};

const streamedTools: ConformanceCase = {
  name: 'streamed tools',
  async run({ client, gateway, use }) {
    // Pieces that come together are sent on together.
    gateway.simulator.control.pace(1);
    const input = {
      city: 'Paris',
      note: 'a "quoted" word, a line\nand a \\ in many pieces of words '.repeat(20),
      days: 3,
    };
    const answer = await use.streamedTools(`repeat: Let me look. ${callOf(input)}`, weatherTool());
    expect(answer.calls).toEqual([{ id: expect.stringMatching(/./), name: 'get_weather', input }]);
    expect(answer.text.trim()).toBe('Let me look.');
    expect(answer.finish).toBe(client.finish.tools);
    expect(JSON.parse(answer.pieces.join(''))).toEqual(input);
    if (client.argumentsInOnePiece === undefined) {
      expect(answer.pieces.length).toBeGreaterThan(1);
      return undefined;
    }
    expect(answer.pieces).toHaveLength(1);
    return `ok; in one piece: ${client.argumentsInOnePiece}`;
  },
};

export const toolCases = { tools, streamedTools };
