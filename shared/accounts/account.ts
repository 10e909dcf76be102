import type { WorkKind } from '../chat/upstream.ts';
import type { Attributes } from '../store/attributes.ts';
import { flagAttribute, numberAttribute, textAttribute } from '../store/read-attribute.ts';

/** The only lane so far: accounts of the chat.qwen.ai web site. */
export const lane = 'qwen-web';

/**
 * What is known of an account beside its waits.
 *
 * - `ok`: it may be used.
 * - `invalid`: its token is not accepted, and it could not sign in again.
 * - `challenge`: the site wants a verification that only the owner can do.
 * - `disabled`: unusable until its owner acts, as one not yet activated.
 */
export type AccountState = 'ok' | 'invalid' | 'challenge' | 'disabled';

/** `limit`: too many requests in a short time; `quota`: used up for hours. */
export type WaitCause = 'limit' | 'quota';

/** A cool-down of an account for one kind of work. */
export interface Wait {
  /** Epoch milliseconds. */
  readonly until: number;
  readonly cause: WaitCause;
}

export type Waits = Readonly<Partial<Record<WorkKind, Wait>>>;

/** An account's row. All times are epoch milliseconds. */
export interface Account {
  readonly id: string;
  /** For the owner's eyes; holds no secret. */
  readonly label: string;
  /** Who put it there, as `environment`. */
  readonly source: string;
  readonly state: AccountState;
  /** Why the state is not `ok`, for the owner. */
  readonly reason: string | undefined;
  readonly waits: Waits;
  /** Whether the secret holds a token that may be used. */
  readonly hasToken: boolean;
  /** `undefined` when the token does not tell. */
  readonly tokenExpiresAt: number | undefined;
  /** Whether the secret holds an e-mail address and a password. */
  readonly canSignIn: boolean;
  /** When the gateway last signed in. */
  readonly signedInAt: number | undefined;
  /** 0 when never used. */
  readonly lastUsedAt: number;
  /** Ciphertext of the `AccountSecret`; also tells whether the account was renewed since a request began. */
  readonly secret: string;
}

export const workKinds = ['chat', 'image', 'video'] as const satisfies readonly WorkKind[];

const states: readonly AccountState[] = ['ok', 'invalid', 'challenge', 'disabled'];

/** The two attributes that hold a wait. Flat, so that writes for different kinds don't meet. */
export function waitAttributes(kind: WorkKind): { readonly until: string; readonly cause: string } {
  return { until: `${kind}WaitUntil`, cause: `${kind}WaitCause` };
}

/** @returns the account in an item of the table, `undefined` when the item is no whole account. */
export function readAccount(item: Attributes): Account | undefined {
  const id = textAttribute(item, 'sk');
  const secret = textAttribute(item, 'secret');
  if (id === undefined || secret === undefined) return undefined;
  return {
    id,
    secret,
    label: textAttribute(item, 'label') ?? id,
    source: textAttribute(item, 'source') ?? '',
    // A state of a later version is one that this version can't serve with.
    state: states.find((state) => state === item.state) ?? 'disabled',
    reason: textAttribute(item, 'reason'),
    waits: readWaits(item),
    hasToken: flagAttribute(item, 'hasToken'),
    tokenExpiresAt: numberAttribute(item, 'tokenExpiresAt'),
    canSignIn: flagAttribute(item, 'canSignIn'),
    signedInAt: numberAttribute(item, 'signedInAt'),
    lastUsedAt: numberAttribute(item, 'lastUsedAt') ?? 0,
  };
}

function readWaits(item: Attributes): Waits {
  const waits: Partial<Record<WorkKind, Wait>> = {};
  for (const kind of workKinds) {
    const names = waitAttributes(kind);
    const until = numberAttribute(item, names.until);
    if (until !== undefined) waits[kind] = { until, cause: item[names.cause] === 'quota' ? 'quota' : 'limit' };
  }
  return waits;
}
