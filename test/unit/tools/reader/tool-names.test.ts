import { describe, expect, it } from 'vitest';
import { isPlaceholder, ToolNames } from '../../../../shared/tools/reader/tool-names.ts';

function namesOf(...names: readonly string[]): ToolNames {
  return new ToolNames(names.map((name) => ({ name, description: '', parameters: {}, input: 'json' })));
}

describe('a tool is found', () => {
  const names = namesOf('get_weather', 'Run', 'run', 'mcp__mail__send', 'a.b', 'list-files', 'listFiles2');

  it.each([
    ['get_weather', 'get_weather'],
    ['GET_Weather', 'get_weather'],
    ['Run', 'Run'],
    ['run', 'run'],
    ['RUN', undefined],
    ['get-weather', undefined],
    [' get_weather', undefined],
  ])('by its name, whatever the case: %j is %j', (name, found) => {
    expect(names.find(name)?.name).toBe(found);
  });

  it.each([
    [' get_weather\n', 'get_weather'],
    ['getWeather', 'get_weather'],
    ['Get Weather', 'get_weather'],
    ['functions.get_weather', 'get_weather'],
    ['default_api:get_weather', 'get_weather'],
    ['tools::getWeather', 'get_weather'],
    ['api/v1/get_weather', 'get_weather'],
    ['mcp__x__get_weather', 'get_weather'],
    ['send', 'mcp__mail__send'],
    ['mail__send', 'mcp__mail__send'],
    ['b', 'a.b'],
    ['files', 'list-files'],
    ['end', undefined],
    ['functions.', undefined],
    ['.', undefined],
    ['', undefined],
    ['  ', undefined],
    ['weather_now', undefined],
  ])('by what comes close: %j is %j', (name, found) => {
    expect(names.guess(name)?.name).toBe(found);
  });

  it('by its end only when no other tool ends so', () => {
    expect(namesOf('a_send', 'b_send').guess('send')).toBeUndefined();
    expect(namesOf('a_send', 'b_sent').guess('send')?.name).toBe('a_send');
  });

  it('by other separators only when no other tool is meant as well', () => {
    expect(namesOf('get_it', 'get-it').guess('getit')).toBeUndefined();
    expect(namesOf('get_it', 'get-it').guess('get-it')?.name).toBe('get-it');
  });

  it('without any name when it is the only one', () => {
    expect(namesOf('a').only?.name).toBe('a');
    expect(namesOf('a', 'b').only).toBeUndefined();
    expect(namesOf().only).toBeUndefined();
  });
});

describe('a name', () => {
  it.each([
    '...',
    '…',
    '<name>',
    '{tool}',
    'tool name',
    'tool_name',
    'toolname',
    'function_name',
    'functionName',
    'your_tool',
    'your_function_name_here',
    'the_tool_name',
    'thetoolname',
    'yourtool',
    'name',
    'namehere',
    ' tool_name ',
    'tool',
    '',
  ])('stands for any: %j', (name) => {
    expect(isPlaceholder(name)).toBe(true);
  });

  it.each(['read_file', 'tool_names', 'rename', 'get_name', 'toolbox', 'my_function', 'here.name', 'a..b'])(
    'means a tool: %s',
    (name) => {
      expect(isPlaceholder(name)).toBe(false);
    },
  );
});
