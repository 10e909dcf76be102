import { describe, expect, it } from 'vitest';
import type { ToolDefinition } from '../../../shared/chat/tool.ts';
import { type CallFormatName, callFormat, callFormatNames, markCall } from '../../../shared/tools/call-format.ts';
import { toolInstructions } from '../../../shared/tools/tool-instructions.ts';
import { toolReminder } from '../../../shared/tools/tool-reminder.ts';

const look: ToolDefinition = { name: 'look', description: 'Looks.', parameters: {}, input: 'json' };
const run: ToolDefinition = { name: 'run', description: 'Runs.', parameters: {}, input: 'text' };
const format = callFormat('bracket', 0);
const auto = { type: 'auto' } as const;

function instructionsFor(definitions: readonly ToolDefinition[], parallel = true): string {
  return toolInstructions({ definitions, choice: auto, parallel }, format);
}

describe('the form of calls', () => {
  it.each<[CallFormatName, string]>([
    ['bracket', '[tool_call]\n{}\n[/tool_call]'],
    ['tag', '<tool_call>\n{}\n</tool_call>'],
    ['fence', '```tool_call\n{}\n```'],
  ])('%s has its marks on lines of their own', (name, block) => {
    expect(callFormat(name, 0).name).toBe(name);
    expect(markCall(callFormat(name, 0), '{}')).toBe(block);
  });

  it.each(callFormatNames)('begins with %s when that is preferred, and tries each of the three in turn', (name) => {
    const order = [0, 1, 2, 3].map((attempt) => callFormat(name, attempt).name);
    expect(order[0]).toBe(name);
    expect(order[3]).toBe(name);
  });

  it('tries what the platform may intercept last', () => {
    expect([0, 1, 2].map((attempt) => callFormat('fence', attempt).name)).toEqual(['fence', 'bracket', 'tag']);
  });
});

describe('the instructions', () => {
  it('have parts with an empty line between, the tools last, under their heading', () => {
    const parts = instructionsFor([look, run]).split('\n\n');
    expect(parts.slice(-3)).toEqual(['# Tools', '## look()\nLooks.', '## run: free text\nRuns.']);
    expect(parts[1]).toBe(markCall(format, '{"name": "tool_name", "arguments": {"parameter": "value"}}'));
  });

  it('have each rule on a line', () => {
    const rules = instructionsFor([look])
      .split('\n\n')
      .find((part) => part.startsWith('Rules'));
    const [heading, ...lines] = rules?.split('\n') ?? [];
    expect(heading).toMatch(/:$/);
    expect(lines.length).toBeGreaterThan(4);
    for (const line of lines) expect(line).toMatch(/^- .*\.$/);
  });

  it('show how free text is given as soon as one tool takes it', () => {
    const example = markCall(format, '{"name": "tool_name", "input": "the text"}');
    expect(instructionsFor([look, run])).toContain(`:\n\n${example}\n\nRules`);
    expect(instructionsFor([run])).toContain(example);
    expect(instructionsFor([look])).not.toContain('"input"');
  });

  it('allow several calls, or one', () => {
    expect(instructionsFor([look])).toContain('Several calls');
    expect(instructionsFor([look])).not.toContain('one call at a time');
    expect(instructionsFor([look], false)).toContain('one call at a time');
  });
});

describe('the reminder', () => {
  it('names the marks, whatever is demanded', () => {
    for (const choice of [auto, { type: 'required' }, { type: 'tool', name: 'look' }] as const) {
      const words = toolReminder({ definitions: [look], choice, parallel: true }, format);
      expect(words).toContain('between [tool_call] and [/tool_call]');
    }
  });

  it('demands one call where more are not allowed', () => {
    const tools = { definitions: [look], choice: { type: 'required' } } as const;
    expect(toolReminder({ ...tools, parallel: true }, format)).toContain('at least one tool call');
    expect(toolReminder({ ...tools, parallel: false }, format)).toMatch(/with one tool call/);
  });
});
