import type { SecretBox } from '../secrets/secret-box.ts';

/** What an account proves itself with, and only ever stored encrypted. */
export interface AccountSecret {
  readonly token?: string;
  /** The owner's own Cookie header, as it was pasted or as a renewal changed it. */
  readonly cookie?: string;
  readonly email?: string;
  readonly password?: string;
  readonly refreshToken?: string;
  /** The account's own outbound proxy; may hold a password. */
  readonly proxyUrl?: string;
  /** SHA-256 of the setting's entry that was imported last, which tells an import whether the owner changed it. */
  readonly imported?: string;
}

const names = ['token', 'cookie', 'email', 'password', 'refreshToken', 'proxyUrl', 'imported'] as const;

/** @throws SecretKeyUnavailableError */
export function sealSecret(box: SecretBox, accountId: string, secret: AccountSecret): Promise<string> {
  return box.seal(JSON.stringify(secret), accountId);
}

/**
 * @throws SecretUnreadableError
 * @throws SecretKeyUnavailableError
 */
export async function openSecret(box: SecretBox, accountId: string, sealed: string): Promise<AccountSecret> {
  const parsed: unknown = JSON.parse(await box.open(sealed, accountId));
  if (typeof parsed !== 'object' || parsed === null) return {};
  const fields = new Map<string, unknown>(Object.entries(parsed));
  const secret: { -readonly [Name in keyof AccountSecret]: string } = {};
  for (const name of names) {
    const value = fields.get(name);
    if (typeof value === 'string') secret[name] = value;
  }
  return secret;
}
