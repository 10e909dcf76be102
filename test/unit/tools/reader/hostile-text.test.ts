import { describe, expect, it } from 'vitest';
import type { ToolDefinition } from '../../../../shared/chat/tool.ts';
import { repairArguments } from '../../../../shared/tools/reader/repair-arguments.ts';
import { readAnswer } from './read-answer.ts';

const tool = (name: string, properties: object = {}): ToolDefinition => ({
  name,
  description: '',
  parameters: { type: 'object', properties },
  input: 'json',
});
const definitions = [tool('read_file', { path: {} }), tool('constructor'), tool('__proto__', { a: {} })];
const call = (json: string) => `[tool_call]\n${json}\n[/tool_call]`;
const blanks = (count: number) => ' '.repeat(count);

describe('words that mean something to JavaScript', () => {
  it.each(['constructor', '__proto__', 'toString', 'valueOf', 'hasOwnProperty'])('are no values: %s', (word) => {
    const { calls, error } = readAnswer([call(`{"name": "read_file", "arguments": {"path": ${word}}}`)], {
      definitions,
    });
    expect(error).toBe('invalid');
    expect(calls).toEqual([]);
    expect(repairArguments(`{"a": ${word}}`)).toBeUndefined();
  });

  it('are names like others', () => {
    const text = `${call('{"name": "constructor", "arguments": {}}')}\n${call('{"name": "__proto__", "arguments": {"__proto__": 1, "a": 2}}')}`;
    const { calls } = readAnswer([text], { definitions });
    expect(calls.map(({ name, text: json }) => [name, json])).toEqual([
      ['constructor', '{}'],
      ['__proto__', '{"__proto__":1,"a":2}'],
    ]);
  });

  it('are properties of a call that say nothing', () => {
    const { calls } = readAnswer([call('{"name": "read_file", "constructor": 1, "arguments": {"path": "a"}}')], {
      definitions,
    });
    expect(calls[0]?.text).toBe('{"path":"a"}');
  });
});

describe('text at which careless expressions never end', () => {
  it('is read: blanks behind a name', () => {
    const { text, error } = readAnswer([`[tool_call]\nread_file${blanks(200_000)}x`], { definitions });
    expect(error).toBeUndefined();
    expect(text.length).toBe(200_000 + '[tool_call]\nread_filex'.length);
  });

  it('is read: a fence and nothing but lines', () => {
    expect(repairArguments(`\`\`\`json\n${'\n'.repeat(20_000)}x`)).toBeUndefined();
    expect(repairArguments(`\`\`\`${'\n'.repeat(20_000)}x\n\`\`\``)).toBeUndefined();
    expect(repairArguments(`\`\`\`\n\n{"a": 1}${'\n'.repeat(20_000)}\`\`\``)).toBe('{"a":1}');
    expect(repairArguments('``````')).toBeUndefined();
    expect(repairArguments('```{"a": 1}```')).toBeUndefined();
  });

  it('is read: a name of nothing but separators', () => {
    const { error } = readAnswer([call(`{"name": "${'.'.repeat(100_000)}", "arguments": {}}`)], { definitions });
    expect(error ?? 'text').toMatch(/invalid|text/);
  });
});
