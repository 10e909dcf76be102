import { createHmac } from 'node:crypto';
import { isRecord, parseJson } from '../json-value.ts';

/** What a token says; `type` is there in short-lived access tokens only (qwen-web §1.2). */
export interface TokenClaims {
  readonly id: string;
  readonly type?: 'access_token';
  readonly last_password_change: number;
  /** Epoch seconds. */
  readonly exp: number;
  /** Ours: tokens of an older generation than the account's count as expired. */
  readonly generation: number;
}

// A stand-in has no secrets. The constant key lets tokens outlive a restart of the simulator.
const signingKey = 'simulator';
const encodedHead = encode({ alg: 'HS256', typ: 'JWT' });

/** A JWT in the form of the upstream's own. */
export function writeToken(claims: TokenClaims): string {
  const signed = `${encodedHead}.${encode(claims)}`;
  return `${signed}.${sign(signed)}`;
}

/** The claims of a token that this or an earlier simulator wrote, expired or not; otherwise `undefined`. */
export function readToken(token: string): TokenClaims | undefined {
  const [head, payload, signature] = token.split('.');
  if (head !== encodedHead || payload === undefined || signature !== sign(`${head}.${payload}`)) {
    return undefined;
  }
  const claims = parseJson(Buffer.from(payload, 'base64url').toString('utf8'));
  return isClaims(claims) ? claims : undefined;
}

function isClaims(value: unknown): value is TokenClaims {
  return (
    isRecord(value) &&
    typeof value.id === 'string' &&
    typeof value.exp === 'number' &&
    typeof value.generation === 'number'
  );
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function sign(text: string): string {
  return createHmac('sha256', signingKey).update(text).digest('base64url');
}
