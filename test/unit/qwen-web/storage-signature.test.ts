import { describe, expect, it } from 'vitest';
import { signedHeaders } from '../../../shared/upstreams/qwen-web/storage-signature.ts';
import { signedHeadersV1 } from '../../../shared/upstreams/qwen-web/storage-signature-v1.ts';

// The expected signatures were computed with openssl from texts that were written by hand after the vendor's pages
// "Include a V4 signature in the Authorization header" and "Include a V1 signature in the Authorization header".
const grant = {
  bucket: 'qwen-webui-prod',
  endpoint: 'oss-accelerate.aliyuncs.com',
  path: 'user/id_circle.png',
  accessKeyId: 'STS.ID',
  accessKeySecret: 'SECRET',
  securityToken: 'TOKEN',
  region: 'ap-southeast-1',
  fileUrl: '',
  fileId: '',
};
const oddName = { ...grant, path: "user/id_it's (a) für.mp4" };
const now = new Date('2026-11-21T12:00:00.123Z');
const md5 = '1B2M2Y8AsgTpgAmY7PhCfg==';
const credential = 'Credential=STS.ID/20261121/ap-southeast-1/oss/aliyun_v4_request';

describe('a signature of version 4', () => {
  it('of type and place alone', () => {
    expect(signedHeaders(grant, { mediaType: 'image/png' }, now)).toEqual({
      'content-type': 'image/png',
      'x-oss-content-sha256': 'UNSIGNED-PAYLOAD',
      'x-oss-date': '20261121T120000Z',
      'x-oss-security-token': 'TOKEN',
      authorization: `OSS4-HMAC-SHA256 ${credential},Signature=2c490a9c6cf3b0108e5841aa2981e1e2f4b1c17118435a69ee69e67d40c27e10`,
    });
  });

  it.each([
    [
      'the size',
      grant,
      { mediaType: 'image/png', size: 1234 },
      '303c33c7733b6601837d7a330ad65ce4333cbb51d67635dcaa952dd0e6a1d2d8',
    ],
    [
      'the bytes',
      grant,
      { mediaType: 'image/png', size: 1234, md5 },
      'cebfae5d5ab87159d02346f7d7693073b6366e57f8395036e67aac145d5f46a8',
    ],
    [
      'any name',
      oddName,
      { mediaType: 'video/mp4', size: 500_000_000 },
      '49a32a04bfb055cec4066ad80d442151f57ff35fced03f0da491d3c69c6199ca',
    ],
  ])('binds %s', (_, place, put, signature) => {
    const headers = signedHeaders(place, put, now);
    expect(headers.authorization).toBe(
      `OSS4-HMAC-SHA256 ${credential},AdditionalHeaders=content-length,Signature=${signature}`,
    );
    expect(headers['content-md5']).toBe('md5' in put ? md5 : undefined);
  });
});

describe('a signature of version 1', () => {
  it('of type and place alone', () => {
    expect(signedHeadersV1(grant, { mediaType: 'image/png' }, now)).toEqual({
      'content-type': 'image/png',
      'x-oss-date': 'Sat, 21 Nov 2026 12:00:00 GMT',
      'x-oss-security-token': 'TOKEN',
      authorization: 'OSS STS.ID:z0P1+fucAJbySCWEEI1C1ZSoIcU=',
    });
  });

  it.each([
    ['the bytes', grant, 'image/png', 'RzLeCUBefCn1REVT4w0/pYnMOtQ='],
    ['a name as it is', oddName, 'video/mp4', 'GRvjWqKV/OD2rvDPS9mCxigqm8Y='],
  ])('binds %s', (_, place, mediaType, signature) => {
    const headers = signedHeadersV1(place, { mediaType, md5 }, now);
    expect(headers).toMatchObject({ 'content-md5': md5, authorization: `OSS STS.ID:${signature}` });
  });
});
