import { describe, expect, it } from 'vitest';
import { toolName } from '../../../shared/dialects/tool-name.ts';

const isName = (name: unknown) => toolName.safeParse(name).success;

describe('the name of a tool', () => {
  it.each(['a', 'get_weather', 'mcp__files.read-all', 'functions:run/2', 'Ünïcode名', 'x'.repeat(128)])(
    'may be %j',
    (name) => expect(isName(name)).toBe(true),
  );

  it.each([
    '',
    ' ',
    ' a',
    'a ',
    'two words',
    'a\nb',
    'a\tb',
    ...'"\'`<>[]{}'.split('').flatMap((character) => [character, `a${character}`, `${character}a`, `a${character}b`]),
    'x'.repeat(129),
    7,
    null,
    undefined,
  ])('may not be %j, which would break the line of a prompt that it stands in', (name) =>
    expect(isName(name)).toBe(false),
  );
});
