import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openTokenCounter } from '../../../shared/tokens/open-token-counter.ts';
import { openReference } from './reference.ts';

const counter = openTokenCounter();
const reference = openReference();
const page = (name: string) => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');

describe('counting tokens', () => {
  it.each([
    ['', 0],
    ['Hello', 1],
    ['Hello, world!', 4],
    ['1234567890', 10],
    ['你好', 1],
  ])('gives %j %i', async (text, tokens) => {
    expect(await counter.count(text)).toBe(tokens);
    expect(reference(text)).toBe(tokens);
  });

  it.each([
    ['prose', page('architecture.md')],
    // Without the marker in it, which the reference takes for markup.
    ['tables', page('settings.md').replaceAll('<tool_call>', '')],
    ['code', page('../shared/chat/request.ts')],
    ['JSON', JSON.stringify({ type: 'object', properties: { path: { type: 'string', maxLength: 4096 } } }, null, 4)],
    ['Chinese', '人工智能正在改变世界，大语言模型能够理解和生成自然语言。'.repeat(20)],
    ['Japanese, Korean, Arabic, Hindi', 'これはテストです。 이것은 시험입니다. هذا اختبار. यह एक परीक्षण है।'],
    ['emoji', '👩‍👩‍👧‍👦 🇩🇪 ✨🚀 a👍🏽b'],
    ['contractions', "it's we'LL they'Re I'd 'tis don't I'M you'VE 's"],
    ['white space', ' a  b\t\tc\r\n\r\n  d \n   \n\n e   '],
    ['accents in two spellings', 'café cafe\u0301 Ångström A\u030Angstro\u0308m'],
    ['long runs', `${'='.repeat(120)}\n${' '.repeat(60)}x${'\n'.repeat(30)}`],
    ['bytes that are no text of their own', 'ÃÂ©Ä\u00a0\u00adÿ'],
  ])('agrees with the reference on %s', async (_, text) => {
    expect(await counter.count(text)).toBe(reference(text));
  });

  it('agrees with the reference on whatever there is', async () => {
    const unit = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 6 }),
      fc.constantFrom(' ', '  ', '\n', '\r\n', "'s", 'The ', ' quick', '的', '42', '/*', 'é', 'ß'),
    );
    const texts = fc.array(unit, { maxLength: 30 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        expect(await counter.count(text)).toBe(reference(text));
      }),
      { numRuns: 500 },
    );
  });

  it('takes half a character for what it is', async () => {
    expect(await counter.count('a\ud83d')).toBeGreaterThan(1);
  });

  it('counts markers as text, because a caller’s text is no markup', async () => {
    expect(await counter.count('<|im_start|>')).toBeGreaterThan(1);
  });

  it.each([
    ['letters', 'abcdefghij'.repeat(30_000)],
    ['one letter', 'a'.repeat(300_000)],
    ['spaces', ' '.repeat(300_000)],
    ['signs', '-+'.repeat(150_000)],
    ['Chinese without an end', '汉字处理'.repeat(50_000)],
  ])('comes to an end with %s, and is off by four tokens in 128 characters at most', async (_, text) => {
    const tokens = await counter.count(text);
    const part = text.slice(0, 20_000);
    const ratio = reference(part) / part.length;
    expect(tokens / text.length).toBeGreaterThan(ratio * 0.95);
    expect(tokens / text.length).toBeLessThan(ratio + 4 / 128);
  });

  it('lets other work run in between', async () => {
    const order: string[] = [];
    const long = counter.count('some words '.repeat(50_000)).then(() => order.push('long'));
    const short = counter.count('some words').then(() => order.push('short'));
    await Promise.all([long, short]);
    expect(order).toEqual(['short', 'long']);
  });

  it('counts many at once, each on its own', async () => {
    const texts = Array.from({ length: 50 }, (_, number) => `text ${number} `.repeat(2000 + number * 100));
    const alone: number[] = [];
    for (const text of texts) alone.push(await counter.count(text));
    expect(await Promise.all(texts.map((text) => counter.count(text)))).toEqual(alone);
  });
});
