import { describe, expect, it } from 'vitest';
import { InvalidSettingsError, problemOf, Settings } from '../../../shared/read-settings.ts';
import { type Setting, settings } from '../../../shared/settings.ts';

const table: readonly (readonly [string, Setting])[] = Object.entries(settings);

describe('Settings', () => {
  it('has a valid default for everything', () => {
    expect(() => new Settings({})).not.toThrow();
    expect(table.flatMap(([name, setting]) => problemOf(name, setting, setting.default))).toEqual([]);
  });

  it('takes an empty value as the default', () => {
    expect(new Settings({ PORT: ' ' }).integer('PORT')).toBe(3264);
  });

  it('reads each type', () => {
    const read = new Settings({ OPEN_MODE: 'True', PORT: '0', QWEN_TOKENS: ' a, ,b ,', SEARCH_INFO_MODE: 'table' });
    expect(read.boolean('OPEN_MODE')).toBe(true);
    expect(read.integer('PORT')).toBe(0);
    expect(read.list('QWEN_TOKENS')).toEqual(['a', 'b']);
    expect(read.text('SEARCH_INFO_MODE')).toBe('table');
  });

  it('names every problem at once', () => {
    const wrong = { OPEN_MODE: 'yes', PORT: '70000', SEARCH_INFO_MODE: 'list', IDLE_EVENT_SECONDS: '-1' };
    const problems = problemsOf(wrong);
    expect(problems).toHaveLength(4);
    for (const name of Object.keys(wrong)) expect(problems.join('\n')).toContain(name);
  });

  it.each(table.filter(([, { type }]) => type === 'integer'))(
    'holds %s to its bounds',
    (name, { minimum, maximum }) => {
      expect(problemsOf({ [name]: String(minimum) })).toEqual([]);
      expect(problemsOf({ [name]: String(maximum) })).toEqual([]);
      expect(problemsOf({ [name]: String(Number(maximum) + 1) })).toHaveLength(1);
      expect(problemsOf({ [name]: '1.5' })).toHaveLength(1);
    },
  );

  it.each(['http://127.0.0.1:8080', 'https://proxy.example', 'socks5://[::1]:1080/'])('takes the proxy %s', (url) => {
    expect(problemsOf({ PROXY_URL: url })).toEqual([]);
  });

  it.each([
    'hunter2',
    'ftp://host:1',
    'http://me:hunter2@host:1',
    'http://host:1/hunter2',
    'socks5://me@host:1?hunter2',
  ])('refuses the proxy %s, naming the setting and not its value', (url) => {
    expect(problemsOf({ PROXY_URL: url })).toEqual([expect.stringMatching(/^PROXY_URL must be http(?!.*hunter2)/)]);
  });

  it.each(table)('says what %s means', (_name, { meaning }) => {
    expect(meaning).toMatch(/\.$/);
  });
});

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    new Settings(environment);
    return [];
  } catch (error) {
    if (error instanceof InvalidSettingsError) return error.problems;
    throw error;
  }
}
