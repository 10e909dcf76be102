import { createHash } from 'node:crypto';
import { splitList } from '../read-settings.ts';
import { identifyEmail, identifyToken } from './account-identity.ts';
import type { GivenAccount } from './store-account.ts';

/** The accounts of the settings, and a sentence for each entry that is none. */
export interface AccountSettings {
  readonly accounts: readonly GivenAccount[];
  readonly warnings: readonly string[];
}

/**
 * Reads QWEN_TOKEN, QWEN_TOKENS and ACCOUNTS. Of two entries for one account the later wins. Warnings name entries by
 * their place, never by their content.
 */
export function readAccountSettings(env: Readonly<Record<string, string | undefined>>): AccountSettings {
  const accounts = new Map<string, GivenAccount>();
  const warnings: string[] = [];
  const take = (setting: string, read: (entry: string) => GivenAccount | undefined, advice: string) => {
    for (const [index, entry] of splitList(env[setting]).entries()) {
      const account = read(entry);
      if (account === undefined) warnings.push(`${setting}: entry ${index + 1} was not taken. ${advice}`);
      else accounts.set(account.id, account);
    }
  };
  const tokenAdvice = 'A token is one word of at least 16 characters: the value named token in the local storage.';
  take('QWEN_TOKEN', readToken, tokenAdvice);
  take('QWEN_TOKENS', readToken, tokenAdvice);
  const accountAdvice = 'It must be email:password. A password may hold colons but no commas; use a token instead.';
  take('ACCOUNTS', readEmailAndPassword, accountAdvice);
  return { accounts: [...accounts.values()], warnings };
}

function readToken(entry: string): GivenAccount | undefined {
  // People copy the value with the quotes of the browser's storage view, or with the header's first word.
  const token = entry.replace(/^(["'])(.*)\1$/, '$2').replace(/^Bearer\s+/i, '');
  if (!/^[\x21-\x7e]{16,}$/.test(token)) return undefined;
  return { ...identifyToken(token), secret: { token, imported: fingerprint(token) } };
}

function readEmailAndPassword(entry: string): GivenAccount | undefined {
  const colon = entry.indexOf(':');
  const email = entry.slice(0, Math.max(colon, 0)).trim();
  const password = entry.slice(colon + 1);
  if (!/^[^\s@]+@[^\s@]+$/.test(email) || password === '') return undefined;
  return { ...identifyEmail(email), secret: { email, password, imported: fingerprint(`${email}:${password}`) } };
}

function fingerprint(entry: string): string {
  return createHash('sha256').update(entry).digest('hex');
}
