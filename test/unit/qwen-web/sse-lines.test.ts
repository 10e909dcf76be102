import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UpstreamUnavailableError } from '../../../shared/chat/errors/answer-faults.ts';
import { SseLines } from '../../../shared/upstreams/qwen-web/sse-lines.ts';

type Line = readonly [kind: 'data' | 'error' | 'bare', text: string];

/** A cutter and the lines that it has given. */
function cutter(limit?: number): { readonly lines: SseLines; readonly given: Line[] } {
  const given: Line[] = [];
  const sink = {
    data: (payload: string, isErrorEvent: boolean) => given.push([isErrorEvent ? 'error' : 'data', payload]),
    bare: (line: string) => given.push(['bare', line]),
  };
  return { lines: new SseLines(sink, limit), given };
}

function cut(...pieces: readonly (string | Buffer)[]): readonly Line[] {
  const { lines, given } = cutter();
  for (const piece of pieces) lines.push(Buffer.from(piece));
  lines.end();
  return given;
}

describe('SseLines', () => {
  it('gives each data line by itself, with or without a blank line between', () => {
    expect(cut('data: {"a":1}\ndata: {"b":2}\n\ndata:{"c":3}\n\n')).toEqual([
      ['data', '{"a":1}'],
      ['data', '{"b":2}'],
      ['data', '{"c":3}'],
    ]);
  });

  it('takes CRLF, also when it is cut in its middle', () => {
    expect(cut('data: a\r', '\ndata: b\r\n\r\n')).toEqual([
      ['data', 'a'],
      ['data', 'b'],
    ]);
  });

  it('takes only the first blank after the colon, and leaves the end as it is', () => {
    expect(cut('data:  a \n')).toEqual([['data', ' a ']]);
  });

  it('skips comments, other fields and data without content', () => {
    expect(cut(': ping\n\nid: 7\nretry: 10\ndata:\ndata: \nevent: message\n\n')).toEqual([]);
  });

  it('tells which data lines an error event holds', () => {
    expect(cut('event: error\ndata: x\ndata: y\n\ndata: z\n')).toEqual([
      ['error', 'x'],
      ['error', 'y'],
      ['data', 'z'],
    ]);
  });

  it('gives JSON and HTML that are no SSE at all, with or without an end of line', () => {
    expect(cut('{"success": false}')).toEqual([['bare', '{"success": false}']]);
    expect(cut('<!doctypehtml>\n', '<html>')).toEqual([
      ['bare', '<!doctypehtml>'],
      ['bare', '<html>'],
    ]);
  });

  it('skips a byte order mark', () => {
    expect(cut('\ufeffdata: a\n')).toEqual([['data', 'a']]);
  });

  it('joins a character that the network cut', () => {
    const bytes = Buffer.from('data: 日🙂\n');
    const pieces = Array.from(bytes, (byte) => Buffer.from([byte]));
    expect(cut(...pieces)).toEqual([['data', '日🙂']]);
  });

  it('refuses a line without end', () => {
    const { lines } = cutter(10);
    lines.push(Buffer.from('data: 1234'));
    expect(() => lines.push(Buffer.from('5'))).toThrow(UpstreamUnavailableError);
  });

  it('forgets the length of a line when its end has come', () => {
    const { lines, given } = cutter(10);
    for (const piece of ['data: 12', '\ndata: 34', '\ndata: 56', '\n']) lines.push(Buffer.from(piece));
    expect(given.map(([, text]) => text)).toEqual(['12', '34', '56']);
  });

  it('gives the same lines wherever the bytes are cut', () => {
    const line = fc.oneof(
      fc.string({ unit: 'grapheme' }).map((text) => `data: ${JSON.stringify(text)}`),
      fc.constantFrom('', ': comment', 'event: error', 'event: message', '{"bare": true}'),
    );
    const stream = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n')), { maxLength: 12 });
    fc.assert(
      fc.property(stream, fc.array(fc.nat(), { maxLength: 8 }), (lines, cuts) => {
        const bytes = Buffer.from(lines.map(([text, end]) => text + end).join(''));
        const places = [...cuts.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
        const pieces = places.map((place, index) => bytes.subarray(places[index - 1] ?? 0, place));
        expect(cut(...pieces)).toEqual(cut(bytes));
      }),
    );
  });

  it('does work linear in the pieces of a long line', () => {
    const { lines, given } = cutter();
    const piece = Buffer.from('x'.repeat(100));
    lines.push(Buffer.from('data: '));
    // With the line put together anew for each piece, this would copy 20 gigabytes.
    for (let count = 0; count < 20_000; count++) lines.push(piece);
    lines.push(Buffer.from('\n'));
    expect(given[0]?.[1].length).toBe(2_000_000);
  });
});
