import { describe, expect, it } from 'vitest';
import { fieldPath } from '../../../../shared/dialects/field-path.ts';
import { claudeCodeRequest } from '../../../support/claude-code-request.ts';
import { readBody, refusal } from './asked.ts';

type Path = readonly (string | number)[];

/** The request with one field replaced; with `undefined` it is left out. */
function broken(path: Path, value: unknown): unknown {
  const body = claudeCodeRequest();
  const parent = path.slice(0, -1).reduce<object>((place, step) => Reflect.get(place, step), body);
  const last = path.at(-1) ?? '';
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else Reflect.set(parent, last, value);
  return body;
}

const read = (body: unknown) => readBody(body).request;

describe('an agent’s request', () => {
  it('is read', () => {
    const request = read(claudeCodeRequest());
    expect(JSON.stringify(claudeCodeRequest()).length).toBeGreaterThan(40_000);
    expect(request.messages.map(({ role }) => role)).toEqual(['system', 'user', 'system', 'assistant', 'tool', 'user']);
    expect(request.tools.definitions.map(({ name }) => name)).toEqual([
      ...Array.from({ length: 10 }, (_, index) => `Tool${index}`),
      'Loaded',
    ]);
    expect(request.features).toEqual({ thinking: true, thinkingBudget: 4096 });
    expect(JSON.stringify(request)).not.toContain('billing-header');
  });
});

describe('one broken field', () => {
  const result: Path = ['messages', 3, 'content', 0];
  const cases: readonly (readonly [path: Path, ...values: unknown[]])[] = [
    [['model'], undefined, '', 7, null, {}],
    [['max_tokens'], 0, -5, '32000', 1.5, {}],
    [['stream'], 'yes', 1, {}],
    [['system'], 7, {}],
    [['system', 1], 'text', null],
    [['system', 1, 'type'], 'image', undefined],
    [['system', 1, 'text'], undefined, 7, []],
    [['thinking'], 'adaptive', true],
    [['thinking', 'type'], undefined, 3],
    [['thinking', 'budget_tokens'], 0, '4096'],
    [['thinking', 'display'], 3],
    [['output_config'], 'high'],
    [['output_config', 'effort'], 3],
    [['output_config', 'format'], 'json'],
    [['output_config', 'format', 'schema'], 'object', []],
    [['stop_sequences'], 'END', {}],
    [['stop_sequences', 0], 7],
    [['tool_choice'], 'auto'],
    [['tool_choice', 'type'], undefined, 'sometimes', 7],
    [['tool_choice', 'disable_parallel_tool_use'], 'no'],
    [['tools'], {}, 'all'],
    [['tools', 3], null, 'Bash'],
    [['tools', 3, 'name'], undefined, 7, '', 'two words'],
    [['tools', 3, 'description'], 7],
    [['tools', 3, 'input_schema'], undefined, null, 'object', []],
    [['tools', 3, 'defer_loading'], 'true'],
    [['tools', 3, 'type'], 7, 'code_execution_20260521'],
    [['messages'], undefined, [], {}, 'hi'],
    [['messages', 0], null, 'hi'],
    [['messages', 0, 'role'], undefined, 'wizard', 7],
    [['messages', 0, 'content'], undefined, null, 7, {}],
    [['messages', 0, 'content', 0], null, 'text'],
    [['messages', 0, 'content', 0, 'type'], undefined, 7],
    [['messages', 0, 'content', 0, 'text'], undefined, 7],
    [['messages', 0, 'content', 1, 'source'], undefined, 'https://a.example'],
    [['messages', 0, 'content', 1, 'source', 'type'], undefined, 'ftp'],
    [['messages', 0, 'content', 1, 'source', 'url'], undefined, 7, 'a.png'],
    [['messages', 0, 'content', 2, 'source', 'data'], undefined, 7],
    [['messages', 0, 'content', 2, 'title'], 7],
    [['messages', 1, 'content', 0, 'text'], undefined],
    [['messages', 2, 'content', 2, 'id'], undefined, 7],
    [['messages', 2, 'content', 2, 'name'], undefined, 7],
    [['messages', 2, 'content', 2, 'input'], '{}', [], 7],
    [[...result, 'tool_use_id'], undefined, 7],
    [[...result, 'is_error'], 'no'],
    [[...result, 'content'], 7, {}],
    [[...result, 'content', 0, 'type'], undefined, 'tool_result'],
    [[...result, 'content', 0, 'tool_name'], undefined, 7],
  ];
  const table = cases.flatMap(([path, ...values]) => values.map((value) => ({ path, value, name: fieldPath(path) })));

  it.each(table)('$name = $value is named', ({ path, value, name }) => {
    const error = refusal(() => read(broken(path, value)));
    expect(error).toMatchObject({ status: 400, param: name, shouldRetry: false });
    expect(error.message).toContain(`'${name}'`);
  });

  it('is refused, wherever it stands, and never met by another error', () => {
    const junk = [null, 7, '', 'x', true, [], {}, [null], [[]], { type: 'text' }, { type: 7 }];
    for (const path of pathsIn(claudeCodeRequest())) {
      for (const value of junk) {
        try {
          read(broken(path, value));
        } catch (error) {
          expect(error, `${fieldPath(path)} = ${JSON.stringify(value)}`).toMatchObject({ status: 400 });
        }
      }
    }
  });
});

/** The places of all values in a body. Of a list only the first and the last entries are taken. */
function pathsIn(value: unknown, path: Path = []): readonly Path[] {
  const here = path.length === 0 ? [] : [path];
  if (typeof value !== 'object' || value === null) return here;
  const keys = Array.isArray(value) ? [...new Set([0, value.length - 1])] : Object.keys(value);
  return [...here, ...keys.flatMap((key) => pathsIn(Reflect.get(value, key), [...path, key]))];
}
