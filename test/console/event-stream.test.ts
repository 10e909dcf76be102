import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventReader } from '../../console/src/api/event-stream.ts';

const stream = [
  ': a comment',
  'event: item',
  'id: 4',
  'data: {"words":"two lines"}',
  '',
  'data:no space',
  'data: second line',
  '',
  'event: nothing',
  '',
  'data: unfinished',
].join('\n');

const expected = [
  { event: 'item', data: '{"words":"two lines"}', id: '4' },
  { event: 'message', data: 'no space\nsecond line', id: '4' },
];

function readAll(pieces: readonly string[]) {
  const reader = new EventReader();
  return pieces.flatMap((piece) => reader.read(piece));
}

describe('server-sent events', () => {
  it('are read in whatever pieces they come, with any line end', () => {
    const lineEnds = fc.constantFrom('\n', '\r\n', '\r');
    fc.assert(
      fc.property(lineEnds, fc.array(fc.nat(stream.length * 2), { maxLength: 12 }), (lineEnd, cuts) => {
        const text = stream.replaceAll('\n', lineEnd);
        const places = [
          0,
          ...cuts.filter((cut) => cut < text.length).toSorted((one, other) => one - other),
          text.length,
        ];
        const pieces = places.slice(1).map((end, place) => text.slice(places[place], end));
        expect(readAll(pieces)).toEqual(expected);
      }),
    );
  });

  it('are cut at every place', () => {
    for (let cut = 0; cut <= stream.length; cut += 1) {
      expect(readAll([stream.slice(0, cut), stream.slice(cut)])).toEqual(expected);
    }
  });
});
