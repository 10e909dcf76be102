import { describe, expect, it } from 'vitest';
import { changedValues, type Draft, isChange, sentValue, textOf } from '../../console/src/pages/settings/drafts.ts';
import { groupSettings, type Setting } from '../../console/src/pages/settings/setting.ts';

function setting(name: string, more: Partial<Setting> = {}): Setting {
  return {
    name,
    type: 'text',
    group: 'operation',
    value: '',
    default: '',
    source: 'default',
    live: true,
    meaning: 'What it means.',
    secret: false,
    ...more,
  };
}

const wait = setting('ACCOUNT_WAIT_SECONDS', { type: 'integer', value: 30, default: 30 });
const keep = setting('KEEP_CHATS', { type: 'boolean', value: true, default: false, source: 'live' });
const list = setting('NAMES', { type: 'list', value: ['one', 'two'] });

describe('a draft of a setting', () => {
  it.each([
    [wait, '30', false],
    [wait, ' 30 ', false],
    [wait, '45', true],
    [keep, 'true', false],
    [keep, 'false', true],
    [list, 'one\ntwo\n', false],
    [list, 'two\none', true],
    // Only what was set here can be taken back.
    [keep, null, true],
    [wait, null, false],
    [wait, undefined, false],
  ] as const)('of %j as %j changes something: %s', (one, draft, expected) => {
    expect(isChange(one, draft)).toBe(expected);
  });

  it.each([
    [keep, 'false', false],
    [keep, null, null],
    [wait, 'many', 'many'],
    [list, ' one \n\n two', ['one', 'two']],
    [setting('CHAT_TITLE'), ' My chats ', 'My chats'],
  ] as const)('of %j as %j is sent as %j', (one, draft, expected) => {
    expect(sentValue(one, draft)).toEqual(expected);
  });

  it('begins with the value as text', () => {
    expect([textOf(true), textOf(7), textOf(['a', 'b']), textOf(null), textOf('x')]).toEqual([
      'true',
      '7',
      'a\nb',
      '',
      'x',
    ]);
  });

  it('is sent with all others that change something, and with nothing else', () => {
    const fixed = setting('PORT', { live: false });
    const drafts = new Map<string, Draft>([
      ['ACCOUNT_WAIT_SECONDS', '45'],
      ['KEEP_CHATS', null],
      ['NAMES', 'one\ntwo'],
      ['PORT', '1'],
      ['GONE', 'x'],
    ]);
    expect(changedValues([wait, keep, list, fixed], drafts)).toEqual({ ACCOUNT_WAIT_SECONDS: '45', KEEP_CHATS: null });
  });
});

describe('the groups of settings', () => {
  const all = [
    setting('PORT', { group: 'operation', live: false }),
    setting('LOG_LEVEL', { group: 'operation' }),
    setting('DEFAULT_MODEL', { group: 'models', meaning: 'Model of requests that name none.' }),
  ];
  const namesOf = (search: string) =>
    groupSettings(all, search).map(({ group, settings }) => [group, ...settings.map(({ name }) => name)]);

  it('keep their order, with what can be changed first', () => {
    expect(namesOf('')).toEqual([
      ['operation', 'LOG_LEVEL', 'PORT'],
      ['models', 'DEFAULT_MODEL'],
    ]);
  });

  it.each([
    ['log_level', ['operation', 'LOG_LEVEL']],
    ['Log level', ['operation', 'LOG_LEVEL']],
    ['name none model', ['models', 'DEFAULT_MODEL']],
  ])('are searched for %j', (search, expected) => {
    expect(namesOf(search)).toEqual([expected]);
  });

  it('are none when nothing fits', () => {
    expect(namesOf('teapot')).toEqual([]);
  });
});
