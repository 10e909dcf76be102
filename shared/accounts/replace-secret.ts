import type { ItemValue } from '../store/attributes.ts';
import type { Changes, Condition } from '../store/expressions.ts';
import type { AccountSecret } from './account-secret.ts';
import { renewalLeaseAttributes } from './renewal-state.ts';
import { secretAttributes } from './secret-attributes.ts';
import { changeState } from './state-change.ts';

/** What of an account's row the write depends on. */
export interface ReplacedRow {
  /** Ciphertext. */
  readonly secret: string;
  /** As stored. */
  readonly state?: ItemValue | undefined;
}

/** Attributes that tell of an account's former secret, and go with it. */
const outdated = [
  'reason',
  'signedInAt',
  'refreshedAt',
  'renewalFailedAt',
  'cookies',
  ...renewalLeaseAttributes,
] as const;

/**
 * The write that gives an account another secret of its owner's, and puts it back in use. It happens unless somebody
 * else has changed secret or state meanwhile.
 *
 * @param sealed the new secret's ciphertext.
 */
export function replaceSecret(
  before: ReplacedRow,
  secret: AccountSecret,
  sealed: string,
): { readonly changes: Changes; readonly condition: Condition } {
  const attributes = secretAttributes(secret);
  const back = changeState(before, 'renew');
  const gone = attributes.tokenExpiresAt === undefined ? ['tokenExpiresAt'] : [];
  return {
    changes: {
      set: { ...attributes, ...back?.set, secret: sealed },
      remove: [...new Set([...outdated, ...gone, ...(back?.remove ?? [])])],
    },
    condition: { exists: true, equals: { secret: before.secret, state: before.state } },
  };
}
