import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aspectRatios, nearestRatio, readAspectRatio, readPixelSize } from '../../../shared/chat/aspect-ratio.ts';
import { readSize } from '../../../shared/images/read-size.ts';

describe('the shape of a size', () => {
  it.each([
    ['1024x1024', '1:1'],
    ['1536x1024', '4:3'],
    ['1024x1536', '3:4'],
    ['1792x1024', '16:9'],
    ['1024x1792', '9:16'],
    ['2048X1536', '4:3'],
    ['256*256', '1:1'],
    ['9999x1', '16:9'],
    ['1x9999', '9:16'],
    ['16:9', '16:9'],
  ])('%s is %s', (text, ratio) => {
    expect(readAspectRatio(text)).toBe(ratio);
  });

  it.each(['', 'auto', '7:3', '1024', '0x10', '10x0', '1024x', 'x1024', '10000x1', '1024x1024x1', '-1x5', '1e3x5'])(
    '%j has none',
    (text) => {
      expect(readAspectRatio(text)).toBeUndefined();
    },
  );

  it('is the nearest there is, and turns with the size', () => {
    const side = fc.integer({ min: 1, max: 9999 });
    const distance = (ratio: string, width: number, height: number) => {
      const [w = 1, h = 1] = ratio.split(':').map(Number);
      return Math.abs(Math.log(w / h) - Math.log(width / height));
    };
    fc.assert(
      fc.property(side, side, (width, height) => {
        const best = nearestRatio({ width, height });
        for (const other of aspectRatios) {
          expect(distance(best, width, height)).toBeLessThanOrEqual(distance(other, width, height) + 1e-12);
        }
        expect(readPixelSize(`${width}x${height}`)).toEqual({ width, height });
      }),
    );
  });
});

describe('the field size', () => {
  it('leaves the shape to the upstream when it says nothing', () => {
    for (const size of [undefined, null, '', 'auto']) expect(readSize(size)).toEqual({});
  });

  it('makes pictures smaller when none is made that small, and never larger', () => {
    expect(readSize('512x256')).toEqual({ aspectRatio: '16:9', largest: { width: 512, height: 256 } });
    expect(readSize('512x1024')).toEqual({ aspectRatio: '9:16' });
    expect(readSize('2048x2048')).toEqual({ aspectRatio: '1:1' });
    expect(readSize('4:3')).toEqual({ aspectRatio: '4:3' });
  });

  it('names itself when it is wrong', () => {
    expect(() => readSize('huge')).toThrow(expect.objectContaining({ param: 'size', status: 400 }));
  });
});
