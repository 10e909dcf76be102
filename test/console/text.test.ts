import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatCountdown, formatDistance, formatDuration, formatTime } from '../../console/src/text/format.ts';
import { beginningLanguage } from '../../console/src/text/languages.ts';
import { plural } from '../../console/src/text/plural.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const after = (seconds: number) => new Date(now + seconds * 1000).toISOString();

describe('the language to begin with', () => {
  it.each([
    ['ru', ['zh-CN'], 'ru'],
    [null, ['zh-CN', 'en'], 'zh-Hans'],
    [null, ['zh'], 'zh-Hans'],
    [null, ['zh-TW'], 'zh-Hant'],
    [null, ['zh-HK'], 'zh-Hant'],
    [null, ['zh-Hant-CN'], 'zh-Hant'],
    [null, ['de-DE', 'ru-RU'], 'ru'],
    [null, ['de'], 'en'],
    ['xx', [], 'en'],
  ])('chosen %s, wanted %j: %s', (chosen, wanted, language) => {
    expect(beginningLanguage(chosen, wanted)).toBe(language);
  });
});

describe('times and counts', () => {
  it('count down, and end', () => {
    expect([after(3729), after(60), after(9), after(0), after(-5)].map((iso) => formatCountdown(iso, now))).toEqual([
      '1:02:09',
      '1:00',
      '0:09',
      undefined,
      undefined,
    ]);
  });

  it('are told in their largest unit, in each language', () => {
    expect(formatDistance('en', after(3 * 86_400 + 5), now)).toBe('in 3 days');
    expect(formatDistance('en', after(-90), now)).toBe('1 minute ago');
    expect(formatDistance('ru', after(7200), now)).toBe('через 2 часа');
    expect(formatDistance('en', null, now)).toBe('–');
    expect(formatTime('en', null)).toBe('–');
  });

  it('last', () => {
    expect(formatDuration('en', 4)).toBe('4 ms');
    expect(formatDuration('en', 420)).toBe('0.42 sec');
    expect(formatDuration('en', 59_600)).toBe('1 min 0 sec');
    expect(formatDuration('en', 239_700)).toBe('4 min 0 sec');
    expect(formatDuration('en', 185_000)).toBe('3 min 5 sec');
  });

  it('have the forms that a language needs', () => {
    const forms = { one: '# ключ', few: '# ключа', many: '# ключей', other: '# ключа' };
    expect([1, 3, 5, 21, 12].map((count) => plural('ru', count, forms))).toEqual([
      '1 ключ',
      '3 ключа',
      '5 ключей',
      '21 ключ',
      '12 ключей',
    ]);
    expect(plural('en', 1200, { one: '# key', other: '# keys' })).toBe('1,200 keys');
  });
});

describe('words', () => {
  const english = globSync('console/src/messages/en/*.ts').map((file) => file.replace(/.*\//, ''));

  it.each(['zh-Hans', 'zh-Hant', 'ru'])('are all there in %s, and not in English', (language) => {
    const own = globSync(`console/src/messages/${language}/*.ts`).map((file) => file.replace(/.*\//, ''));
    expect(own.toSorted()).toEqual(english.toSorted());
    const letters = language === 'ru' ? /[а-я]/ : /\p{Script=Han}/u;
    for (const file of own) {
      expect(readFileSync(`console/src/messages/${language}/${file}`, 'utf8'), file).toMatch(letters);
    }
  });
});
