import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChatEvent } from '../../../../shared/chat/event.ts';
import type { Source } from '../../../../shared/chat/source.ts';
import type { SearchInfoMode } from '../../../../shared/dialects/openai-chat/options.ts';
import { batches, identity, records, streamPieces } from '../answer-server.ts';
import { recordedAnswers } from '../recorded-answers.ts';
import { asked } from './asked.ts';

interface Citation {
  readonly type: string;
  readonly url_citation: { start_index: number; end_index: number; title: string; url: string };
}

interface Message {
  readonly content: string;
  readonly annotations?: readonly Citation[];
}

function whole(events: readonly ChatEvent[], searchInfoMode: SearchInfoMode = 'annotations'): Message {
  const writer = asked({ searchInfoMode }).wholeWriter(identity);
  writer.write(events);
  const [choice] = Reflect.get(writer.body(), 'choices');
  return choice.message;
}

function sources(...numbers: readonly number[]): ChatEvent {
  const found = numbers.map(
    (number): Source => ({ number, url: `https://${number}.example/`, title: `Page ${number}` }),
  );
  return { type: 'sources', sources: found };
}

function text(...pieces: readonly string[]): ChatEvent[] {
  return pieces.map((piece) => ({ type: 'text-delta', text: piece }));
}

const finish: ChatEvent = { type: 'finish', reason: 'stop' };

describe('citations', () => {
  it('are annotations with their place, title and URL', () => {
    const { content, annotations = [] } = whole(recordedAnswers.search.flat());
    expect(content).toBe('Released [[2]] and stable [[1]].');
    expect(annotations).toEqual([
      {
        type: 'url_citation',
        url_citation: { start_index: 9, end_index: 14, title: 'Two', url: 'https://b.example/two' },
      },
      {
        type: 'url_citation',
        url_citation: { start_index: 26, end_index: 31, title: 'One', url: 'https://a.example/one' },
      },
    ]);
  });

  it('are written in the last delta before the finish', async () => {
    const read = asked({ searchInfoMode: 'annotations' });
    const all = records((await streamPieces(read, batches(recordedAnswers.search))).join(''));
    const { annotations } = whole(recordedAnswers.search.flat());
    expect(all.at(-3)).toMatchObject({ choices: [{ delta: { annotations }, finish_reason: null }] });
    expect(all.at(-2)).toMatchObject({ choices: [{ delta: {}, finish_reason: 'stop' }] });
  });

  it.each([
    ['[[1]][[2]]', ['[[1]]', '[[2]]']],
    ['[[[1]]]', ['[[1]]']],
    ['[[1]', []],
    ['[[1] ]', []],
    ['[1]', []],
    ['[[]]', []],
    ['[[x]]', []],
    ['[[1x]]', []],
    ['[[ 1]]', []],
    ['[[1[[2]]', ['[[2]]']],
    ['[[1][[2]]', ['[[2]]']],
    ['[a[[1]]', ['[[1]]']],
    ['[[01]]', ['[[01]]']],
    ['[[99999999999999999999991]]', []],
    ['[[7]]', []],
    ['日本🙂[[1]]', ['[[1]]']],
  ])('in %j are %j', (content, cited) => {
    const message = whole([sources(1, 2), ...text(content), finish]);
    const places = (message.annotations ?? []).map(({ url_citation: place }) =>
      content.slice(place.start_index, place.end_index),
    );
    expect(places).toEqual(cited);
  });

  it('are found wherever the text is cut, and also when the sources come last', () => {
    const content = fc
      .array(fc.constantFrom('[', '[[', ']', ']]', '1', '2', '12', ' a', '🙂'))
      .map((all) => all.join(''));
    fc.assert(
      fc.property(content, fc.array(fc.nat(40)), (answer, cuts) => {
        const places = [...new Set(cuts.filter((cut) => cut < answer.length))].toSorted((a, b) => a - b);
        const pieces = [0, ...places].map((from, index) => answer.slice(from, places[index] ?? answer.length));
        const message = whole([...text(...pieces), sources(1, 2, 12), finish]);
        const expected = [...answer.matchAll(/\[\[(\d+)\]\]/g)].flatMap((match) => {
          const known = ['1', '2', '12'].find((number) => Number(number) === Number(match[1]));
          return known ? [{ start: match.index, end: match.index + match[0].length, title: `Page ${known}` }] : [];
        });
        const found = (message.annotations ?? []).map(({ url_citation: place }) => {
          return { start: place.start_index, end: place.end_index, title: place.title };
        });
        expect(found).toEqual(expected);
      }),
    );
  });
});

describe('sources in the text', () => {
  const search = recordedAnswers.search.flat();
  const table = [
    'Released [[2]] and stable [[1]].',
    '',
    '| No. | Source | Site | Date |',
    '| --- | --- | --- | --- |',
    '| 1 | [One](https://a.example/one) | a.example | 2026-10-01 |',
    '| 2 | [Two](https://b.example/two) |  |  |',
  ].join('\n');
  const list = [
    'Released [[2]] and stable [[1]].',
    '',
    'Sources:',
    '',
    '1. One: https://a.example/one',
    '2. Two: https://b.example/two',
  ].join('\n');

  it('stand at the end as a table or a list, beside the annotations', () => {
    expect(whole(search, 'table').content).toBe(table);
    expect(whole(search, 'text').content).toBe(list);
    expect(whole(search, 'text').annotations).toEqual(whole(search).annotations);
  });

  it('are the last text of a stream', async () => {
    const read = asked({ searchInfoMode: 'table' });
    const all = records((await streamPieces(read, batches(recordedAnswers.search))).join(''));
    expect(all.at(-4)).toMatchObject({
      choices: [{ delta: { content: table.slice(table.indexOf('\n')) }, finish_reason: null }],
    });
  });

  it('are nothing without a search', () => {
    expect(whole(recordedAnswers.plain.flat(), 'table').content).toBe('Hello "there"\n日本語 🙂 \\');
  });

  it('can not break the table', () => {
    const found = { number: 1, url: 'https://a.example/?a|b (c)', title: 'a | b\n[c](d) *e*', siteName: '<s>' };
    const { content } = whole([{ type: 'sources', sources: [found] }, finish], 'table');
    expect(content.split('\n').at(-1)).toBe(
      '| 1 | [a \\| b \\[c\\](d) \\*e\\*](https://a.example/?a%7Cb%20%28c%29) | \\<s\\> |  |',
    );
  });

  it('without a title are shown by their URL', () => {
    const { content } = whole(
      [{ type: 'sources', sources: [{ number: 3, url: 'https://a.example', title: ' ' }] }, finish],
      'text',
    );
    expect(content.split('\n').at(-1)).toBe('3. https://a.example: https://a.example');
  });
});
