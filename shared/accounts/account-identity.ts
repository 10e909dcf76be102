import { createHash } from 'node:crypto';
import { readTokenClaims } from '../chat/token-claims.ts';

/** What stays the same however often an account is imported. */
export interface AccountIdentity {
  readonly id: string;
  /** For the owner's eyes; holds neither token nor whole e-mail address. */
  readonly label: string;
}

/** The account of a pasted token: the user that the token names, else the token itself. */
export function identifyToken(token: string): AccountIdentity {
  const { userId } = readTokenClaims(token);
  const id = accountId(userId === undefined ? `token:${token}` : `user:${userId}`);
  return { id, label: `token ${id.slice(-6)}` };
}

/** The account of an e-mail address, whatever its case. */
export function identifyEmail(email: string): AccountIdentity {
  return { id: accountId(`email:${email.toLowerCase()}`), label: maskEmail(email) };
}

// A hash, so that ids in logs and status pages tell nothing about users and tokens.
function accountId(subject: string): string {
  return `account-${createHash('sha256').update(subject).digest('hex').slice(0, 16)}`;
}

function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return `${email.slice(0, 1)}***${email.slice(at)}`;
}
