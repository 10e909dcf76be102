import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PreludeReader } from '../../../../local/lambda/prelude-reader.ts';

const whole = (head: object, body: string) =>
  Buffer.concat([Buffer.from(JSON.stringify(head)), Buffer.alloc(8), Buffer.from(body)]);

it('finds the head and the rest however the bytes are cut', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string()), fc.string(), fc.array(fc.nat(200)), (headers, body, cuts) => {
      const bytes = whole({ statusCode: 200, headers }, body);
      const positions = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
      const reader = new PreludeReader();
      let rest: Buffer | undefined;
      let metadata: unknown;
      for (const [index, position] of positions.entries()) {
        const piece = bytes.subarray(positions[index - 1] ?? 0, position);
        if (rest !== undefined) {
          rest = Buffer.concat([rest, piece]);
          continue;
        }
        const prelude = reader.push(piece);
        metadata = prelude?.metadata;
        rest = prelude?.rest;
      }
      expect(metadata).toEqual({ statusCode: 200, headers });
      expect(rest?.toString()).toBe(body);
    }),
  );
});

it('gives up on a head without end, and on one that is no JSON', () => {
  expect(() => new PreludeReader().push(Buffer.alloc(70_000, 'x'))).toThrow('does not end');
  expect(() => new PreludeReader().push(Buffer.from('{\0\0\0\0\0\0\0\0'))).toThrow(SyntaxError);
});
