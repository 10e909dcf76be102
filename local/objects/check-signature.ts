import { timingSafeEqual } from 'node:crypto';
import { dummyCredentials } from '../store/dummy-credentials.ts';
import { accessDenied, S3Error } from './s3-error.ts';
import { header, parameter, type S3Request } from './s3-request.ts';
import { expectedSignature, type SignatureClaim } from './signature.ts';

const authorizationForm =
  /^AWS4-HMAC-SHA256 Credential=([^/,]+)\/([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
const unsignedPayload = 'UNSIGNED-PAYLOAD';
const longestLinkSeconds = 7 * 24 * 3600;
const skewMilliseconds = 15 * 60 * 1000;

/**
 * Checks that a request is signed, by headers or as a link, as S3 does: who, when, which headers, and that all of it is
 * what was signed.
 *
 * @param now epoch milliseconds.
 * @returns the SHA-256 that the body must have; `undefined` when the body is not signed.
 * @throws S3Error
 */
export function checkSignature(request: S3Request, now: number): string | undefined {
  const isLink = parameter(request, 'X-Amz-Signature') !== undefined;
  const claim = isLink ? readLink(request, now) : readAuthorization(request, now);
  checkScope(claim);
  checkSignedHeaders(request, claim);
  const expected = expectedSignature(request, claim, dummyCredentials.AWS_SECRET_ACCESS_KEY ?? '');
  const given = Buffer.from(claim.signature.padEnd(expected.length));
  if (given.length !== expected.length || !timingSafeEqual(given, Buffer.from(expected))) {
    throw new S3Error(
      403,
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    );
  }
  return claim.payloadHash === unsignedPayload ? undefined : claim.payloadHash;
}

function readAuthorization(request: S3Request, now: number): SignatureClaim {
  const authorization = header(request, 'authorization');
  if (authorization === '') throw accessDenied();
  const [, accessKeyId, scope, signedHeaders, signature] = authorizationForm.exec(authorization) ?? [];
  if (accessKeyId === undefined || scope === undefined || signedHeaders === undefined || signature === undefined) {
    throw new S3Error(400, 'AuthorizationHeaderMalformed', 'The authorization header is malformed.');
  }
  const date = header(request, 'x-amz-date');
  if (!(Math.abs(timeOf(date) - now) <= skewMilliseconds)) {
    throw new S3Error(403, 'RequestTimeTooSkewed', 'The difference between the request time and now is too large.');
  }
  const payloadHash = header(request, 'x-amz-content-sha256');
  if (payloadHash === '') {
    throw new S3Error(400, 'InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
  }
  return { accessKeyId, scope, date, signedHeaders: signedHeaders.split(';'), signature, payloadHash };
}

function readLink(request: S3Request, now: number): SignatureClaim {
  const text = (name: string) => parameter(request, `X-Amz-${name}`) ?? '';
  const [accessKeyId = '', ...scope] = text('Credential').split('/');
  const date = text('Date');
  const seconds = Number(text('Expires'));
  const isWellFormed =
    text('Algorithm') === 'AWS4-HMAC-SHA256' && Number.isInteger(seconds) && !Number.isNaN(timeOf(date));
  if (!isWellFormed || seconds < 1 || seconds > longestLinkSeconds) {
    throw new S3Error(400, 'AuthorizationQueryParametersError', 'The parameters of the signature are not valid.');
  }
  if (timeOf(date) > now + skewMilliseconds) throw accessDenied('Request is not yet valid');
  if (timeOf(date) + seconds * 1000 <= now) throw accessDenied('Request has expired');
  return {
    accessKeyId,
    scope: scope.join('/'),
    date,
    signedHeaders: text('SignedHeaders').split(';'),
    signature: text('Signature'),
    payloadHash: unsignedPayload,
  };
}

function checkScope({ accessKeyId, scope, date }: SignatureClaim): void {
  if (accessKeyId !== dummyCredentials.AWS_ACCESS_KEY_ID) {
    throw new S3Error(403, 'InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.');
  }
  if (scope !== `${date.slice(0, 8)}/${dummyCredentials.AWS_REGION}/s3/aws4_request`) {
    throw new S3Error(400, 'AuthorizationHeaderMalformed', `The scope of the signature is not this one: ${scope}`);
  }
}

/** S3 acts upon headers of its own, so none of them may have been added by somebody else. */
function checkSignedHeaders({ headers }: S3Request, { signedHeaders }: SignatureClaim): void {
  const mustBeSigned = Object.keys(headers).filter((name) => name === 'host' || name.startsWith('x-amz-'));
  if (mustBeSigned.every((name) => signedHeaders.includes(name))) return;
  throw accessDenied('There were headers present in the request which were not signed');
}

/** @returns NaN for what is no time. */
function timeOf(date: string): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
