import { describe, expect, it } from 'vitest';
import { readSignOrder, readTokenOrder } from '../../../shared/native-files/sign-body.ts';

const file = { filename: 'a.mp4', size: 5, type: 'video/mp4' };
const md5 = '1B2M2Y8AsgTpgAmY7PhCfg==';

/** The field that a refusal names. */
function paramOf(read: () => unknown): unknown {
  try {
    read();
  } catch (error) {
    return error instanceof Error && 'param' in error ? error.param : error;
  }
  return 'nothing is refused';
}

describe('an order of a signature', () => {
  it('is for the upstream’s storage in the newer form, unless it says otherwise', () => {
    const expected = { file: { name: 'a.mp4', mediaType: 'video/mp4', size: 5 }, storage: 'upstream' };
    expect(readSignOrder(file)).toEqual({ ...expected, form: { signatureVersion: 'v4', md5: undefined } });
    const nulls = { storage: null, signature_version: null, md5: null };
    expect(readSignOrder({ ...file, ...nulls })).toEqual(readSignOrder(file));
    expect(readSignOrder({ ...file, storage: 'bucket' }).storage).toBe('bucket');
  });

  it('may bind the bytes, and must in the older form', () => {
    expect(readSignOrder({ ...file, md5 }).form).toEqual({ signatureVersion: 'v4', md5 });
    expect(readSignOrder({ ...file, signature_version: 'v1', md5 }).form).toEqual({ signatureVersion: 'v1', md5 });
    expect(paramOf(() => readSignOrder({ ...file, signature_version: 'v1' }))).toBe('md5');
  });

  it.each([
    ['filename', { filename: '' }],
    ['filename', { filename: 'a'.repeat(1001) }],
    ['size', { size: '5' }],
    ['size', { size: 0 }],
    ['size', { size: 1.5 }],
    ['size', { size: -1 }],
    ['storage', { storage: 'disk' }],
    ['signature_version', { signature_version: 'V4' }],
    ['md5', { md5: 'd41d8cd98f00b204e9800998ecf8427e' }],
    ['md5', { md5: '1B2M2Y8AsgTpgAmY7PhCfg' }],
    ['type', { type: 'text/html\r\n' }],
  ])('names its wrong %s: %j', (param, wrong) => {
    expect(paramOf(() => readSignOrder({ ...file, ...wrong }))).toBe(param);
  });
});

describe('an order of a token', () => {
  it.each([5, '5'])('tells the size as a number or a text: %j', (filesize) => {
    const order = readTokenOrder({ filename: 'a.mp4', filesize, filetype: 'video' });
    expect(order).toEqual({ name: 'a.mp4', mediaType: 'video/mp4', size: 5 });
  });

  it.each(['', '0', '-5', '5.0', '5 MB', '0x5', 0, null])('refuses the size %j', (filesize) => {
    expect(paramOf(() => readTokenOrder({ filename: 'a.mp4', filesize, filetype: 'video' }))).toBe('filesize');
  });

  it('names its fields as the site does', () => {
    const large = { filename: 'a.png', filesize: '20000001', filetype: 'image' };
    expect(paramOf(() => readTokenOrder(large))).toBe('filesize');
    expect(paramOf(() => readTokenOrder({ ...large, filetype: 'video' }))).toBe('filetype');
  });
});
