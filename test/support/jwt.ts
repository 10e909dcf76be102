/** What a token of the site tells about itself (qwen-web §1.2). */
interface Claims {
  readonly id?: string;
  /** Epoch seconds. */
  readonly exp?: number;
  readonly type?: 'access_token';
}

/** @returns a token shaped like the site's, with a signature that nobody checks. */
export function makeToken(claims: Claims, signature = 'signature'): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.${signature}`;
}
