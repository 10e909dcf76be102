import { createHash, createHmac } from 'node:crypto';
import { header, type S3Request } from './s3-request.ts';

/** Who signed what, as the request says. */
export interface SignatureClaim {
  readonly accessKeyId: string;
  /** `YYYYMMDD/region/service/aws4_request` */
  readonly scope: string;
  /** `YYYYMMDDTHHMMSSZ` */
  readonly date: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** The SHA-256 of the body in hexadecimal, or what stands for it. */
  readonly payloadHash: string;
}

const signatureParameter = 'X-Amz-Signature';

/** Computes the signature (version 4) that the request should have. */
export function expectedSignature(request: S3Request, claim: SignatureClaim, secretAccessKey: string): string {
  const { scope, date } = claim;
  const digest = createHash('sha256').update(canonicalRequest(request, claim)).digest('hex');
  let key: string | Buffer = `AWS4${secretAccessKey}`;
  for (const step of scope.split('/')) key = hmac(key, step);
  return hmac(key, ['AWS4-HMAC-SHA256', date, scope, digest].join('\n')).toString('hex');
}

function canonicalRequest(request: S3Request, { signedHeaders, payloadHash }: SignatureClaim): string {
  const query = request.query
    .filter(([name]) => name !== signatureParameter)
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([name, value], [otherName, otherValue]) => compare(name, otherName) || compare(value, otherValue))
    .map(([name, value]) => `${name}=${value}`);
  const headers = signedHeaders.map((name) => `${name}:${header(request, name).trim().replace(/ +/g, ' ')}\n`);
  return [
    request.method,
    request.path.split('/').map(encode).join('/'),
    query.join('&'),
    headers.join(''),
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
