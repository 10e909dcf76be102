import { describe, expect, it } from 'vitest';
import { matchMarker, opensMarker } from '../../../../shared/tools/reader/markers.ts';

const pairs = ['[]', '<>', '［］', '【】', '＜＞', '〈〉'];

describe.each(pairs)('marks in %s', (pair) => {
  const mark = (body: string) => `${pair[0]}${body}${pair[1]}`;

  it('begin and end blocks', () => {
    expect(opensMarker(pair.charAt(0))).toBe(true);
    expect(matchMarker(mark('tool_call'), 0)).toEqual({ type: 'open', length: 11 });
    expect(matchMarker(mark('/tool_call'), 0)).toEqual({ type: 'close', length: 12 });
  });

  it('close with the mark that fits', () => {
    expect(matchMarker(`${pair[0]}tool_call)`, 0)).toBeUndefined();
    expect(matchMarker(pair, 0)).toBeUndefined();
  });
});

describe('a mark', () => {
  it.each([
    ['tool_call', 'open'],
    ['tool_calls', 'open'],
    ['toolcall', 'open'],
    ['TOOL CALLS', 'open'],
    ['tool-call', 'open'],
    ['function_call', 'open'],
    ['function_calls', 'open'],
    ['tool_use', 'open'],
    [' / tool_call ', 'close'],
    ['/function', 'close'],
    ['/invoke', 'close'],
    ['tool_result', 'result'],
    ['tool_results', 'result'],
    ['/tool_response', 'result'],
    ['tool_responses', 'result'],
    ['function_result', 'result'],
    ['function_results', 'result'],
  ])('is known by its word: %j, %s', (body, type) => {
    expect(matchMarker(`a [${body}]`, 2)).toEqual({ type, length: body.length + 2 });
  });

  it.each([
    ['function=read_file', 'read_file'],
    ['function = "read_file"', 'read_file'],
    ["function: 'read.file/a:b-c'", 'read.file/a:b-c'],
    ['invoke name="read_file"', 'read_file'],
    ['invoke name = read_file ', 'read_file'],
    ['tool_call read_file', 'read_file'],
    ['tool_call=read_file', 'read_file'],
  ])('may name its tool: %j', (body, name) => {
    expect(matchMarker(`<${body}>`, 0)).toEqual({ type: 'open', length: body.length + 2, name });
  });

  it.each([
    'tool',
    'function',
    'invoke',
    'tool_cal',
    'tool_callx',
    'x tool_call',
    'my_tool_call',
    'function_use',
    'toolresults2',
    'tool_call a b',
    'tool\n_call',
    '1',
    'a',
  ])('is none: %j', (body) => {
    expect(matchMarker(`[${body}]`, 0)).toBeUndefined();
  });

  it.each([
    '[',
    '[/',
    '[ ',
    '[/ ',
    '[t',
    '[tool_',
    '[TOOL c',
    '[/func',
    '[tool_call',
    '[function = "a',
    '[invoke name',
  ])('may come of %j', (text) => {
    expect(matchMarker(text, 0)).toBe('partial');
  });

  it.each(['[x', '[1', '[tool_x', '[tool(', '[a tool', '[toolbox', 'tool_call', '', '[call', '[tool_call(a'])(
    'does not come of %j',
    (text) => {
      expect(matchMarker(text, 0)).toBeUndefined();
    },
  );

  it('has a hundred characters at most', () => {
    const long = (length: number) => `[function=${'a'.repeat(length - 11)}]`;
    expect(matchMarker(long(100), 0)).toMatchObject({ type: 'open', length: 100 });
    expect(matchMarker(long(101), 0)).toBeUndefined();
    expect(matchMarker(long(101).slice(0, 99), 0)).toBe('partial');
  });

  it('begins with no other character', () => {
    for (const character of '({"`~a/') expect(opensMarker(character)).toBe(false);
  });
});
