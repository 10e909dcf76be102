import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDataUri } from '../../../shared/files/data-uri.ts';
import { InvalidMediaError } from '../../../shared/files/media-errors.ts';

const read = (uri: string) => readDataUri(uri, 'messages[0].content');

describe('a data URI', () => {
  it('gives back its bytes, in both alphabets, padded or not', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.constantFrom('base64', 'base64url'), fc.boolean(), (array, alphabet, padded) => {
        const bytes = Buffer.from(array);
        const bare = bytes.toString(alphabet === 'base64' ? 'base64' : 'base64url').replace(/=+$/, '');
        const padding = padded ? '='.repeat((4 - (bare.length % 4)) % 4) : '';
        expect(read(`data:image/png;base64,${bare}${padding}`).bytes.equals(bytes)).toBe(true);
      }),
    );
  });

  it.each([
    ['data:image/png;base64,AAAA', 'image/png'],
    ['DATA:Image/PNG;BASE64,AAAA', 'image/png'],
    ['data:text/plain;charset=utf-8;base64,AAAA', 'text/plain'],
    ['data:;base64,AAAA', ''],
    ['data: image/png ; base64,AAAA', 'image/png'],
  ])('says what it holds: %s', (uri, mediaType) => {
    expect(read(uri)).toEqual({ mediaType, bytes: Buffer.from([0, 0, 0]) });
  });

  it.each([
    'data:image/png;base64,AAA*',
    'data:image/png;base64,AAAA\nAAAA',
    'data:image/png;base64, AAAA',
    'data:image/png;base64,AAAA=',
    'data:image/png;base64,AAA==',
    'data:image/png;base64,AA=A',
    'data:image/png;base64,A',
    'data:image/png;base64,AAAA====',
    'data:image/png;base64,AAAA%3D',
    'data:image/png;base64,ÄAAA',
    'data:image/png,AAAA',
    'data:image/png;base64;x,AAAA',
    'data:image/png;base64',
    'data:',
    `data:${'x'.repeat(1000)};base64,AAAA`,
  ])('is refused when it is broken: %s', (uri) => {
    expect(() => read(uri)).toThrow(InvalidMediaError);
    expect(() => read(uri)).toThrow(expect.objectContaining({ status: 400, param: 'messages[0].content' }));
  });

  it('may hold 20 MB and no more', () => {
    const body = 'A'.repeat(26_666_664);
    expect(read(`data:;base64,${body}AAA`).bytes).toHaveLength(20_000_000);
    expect(() => read(`data:;base64,${body}AAAA`)).toThrow(/larger than 20 MB/);
  });
});
