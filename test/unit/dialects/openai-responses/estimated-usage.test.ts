import { describe, expect, it } from 'vitest';
import type { ChatEvent } from '../../../../shared/chat/event.ts';
import { call, end, identity, read, text, thought } from './responses-fixture.ts';

const long = 'word '.repeat(200);

/** Usage of an answer of which the upstream has counted nothing. */
function usageOf(body: object, answer: readonly (readonly ChatEvent[])[] = [[text('a'), end()]]) {
  const writer = read(body).wholeWriter(identity);
  for (const batch of answer) writer.write(batch);
  const { usage } = writer.body();
  if (usage === null || usage === undefined) throw new Error('no usage');
  return Object(usage);
}

describe('the estimated usage', () => {
  const nothing = usageOf({}).input_tokens;
  const tool = (fields: object) => ({ type: 'function', name: 'f', parameters: {}, ...fields });
  const history = (args: string) => ({
    input: [
      { role: 'user', content: 'hi' },
      { type: 'function_call', call_id: '1', name: 'f', arguments: args },
      { type: 'function_call_output', call_id: '1', output: 'done' },
    ],
  });

  it.each([
    ['a message', {}, { input: `hi ${long}` }],
    ['instructions', {}, { instructions: long }],
    ['the arguments of an earlier call', history('{}'), history(JSON.stringify({ text: long }))],
    ['the name of a tool', { tools: [tool({})] }, { tools: [tool({ name: 'find_'.repeat(12) })] }],
    ['the description of a tool', { tools: [tool({})] }, { tools: [tool({ description: long })] }],
    [
      'the parameters of a tool',
      { tools: [tool({})] },
      { tools: [tool({ parameters: { type: 'object', properties: { a: { description: long } } } })] },
    ],
  ])('counts %s as input', (_what, without, withIt) => {
    const [before, after] = [usageOf(without), usageOf(withIt)];
    expect(before.input_tokens).toBeGreaterThanOrEqual(nothing);
    expect(after.input_tokens - before.input_tokens).toBeGreaterThan(9);
    expect(after.output_tokens).toBe(before.output_tokens);
  });

  const tools = [
    { type: 'function', name: 'f' },
    { type: 'custom', name: 'c' },
  ];
  it.each([
    ['text', [[text(long), end()]], 0],
    ['thinking', [[thought(long), text('a'), end()]], 150],
    ['the arguments of a call', [call('f', [JSON.stringify({ long })]), [end('tool-calls')]], 0],
    ['the input of a call', [call('c', [long], 'text'), [end('tool-calls')]], 0],
  ] as const)('counts %s as output', (_what, answer, reasoning) => {
    const counted = usageOf({ tools }, answer);
    expect(counted.output_tokens).toBeGreaterThan(150);
    expect(counted.output_tokens_details.reasoning_tokens).toBeGreaterThanOrEqual(reasoning);
    if (reasoning === 0) expect(counted.output_tokens_details.reasoning_tokens).toBe(0);
    expect(counted.total_tokens).toBe(counted.input_tokens + counted.output_tokens);
  });

  it.each(['f', 'c'])('counts the name of the tool %s that was called', (name) => {
    const other = `${name}_${'long_'.repeat(12)}`;
    const declared = [
      ...tools,
      { type: 'function', name: `f_${'long_'.repeat(12)}` },
      { type: 'custom', name: `c_${'long_'.repeat(12)}` },
    ];
    const kind = name === 'f' ? 'json' : 'text';
    const [short, longer] = [name, other].map((called) =>
      usageOf({ tools: declared }, [call(called, ['{}'], kind), [end('tool-calls')]]),
    );
    expect(longer.output_tokens - short.output_tokens).toBeGreaterThan(9);
  });
});
