import type { WorkKind } from '../chat/upstream.ts';
import type { Attributes } from '../store/attributes.ts';
import { flagAttribute, numberAttribute, textAttribute } from '../store/read-attribute.ts';
import { type AccountState, isStored } from './account-states.ts';
import { type LeaseSlot, readSlots } from './lease-slots.ts';
import { type RenewalState, readRenewalState } from './renewal-state.ts';

/** The only lane so far: accounts of the chat.qwen.ai web site. */
export const lane = 'qwen-web';

/** `limit`: too many requests in a short time; `quota`: used up for hours. */
export type WaitCause = 'limit' | 'quota';

/** A cool-down of an account for one kind of work. */
export interface Wait {
  /** Epoch milliseconds. */
  readonly until: number;
  readonly cause: WaitCause;
  /** Milliseconds that it was given; the next one is longer when its probe fails the same way. */
  readonly length: number;
  /** Until when a request that probes the account after the wait is out, in epoch milliseconds; 0 for none. */
  readonly probeUntil: number;
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
  /** Whether the secret holds a refresh token that has not been used. */
  readonly canRefresh: boolean;
  /** Who renews its token now, and how the last time went. */
  readonly renewal: RenewalState;
  /** Ciphertext of the Cookie header as answers have changed it; absent while it is the secret's own. */
  readonly cookies: string | undefined;
  /** When the gateway last signed in. */
  readonly signedInAt: number | undefined;
  /** 0 when never used. */
  readonly lastUsedAt: number;
  /** No request begins before. */
  readonly spacedUntil: number;
  /** The places in which it serves; those beyond the last were never taken. */
  readonly slots: readonly LeaseSlot[];
  /** Ciphertext of the `AccountSecret`; also tells whether the account was renewed since a request began. */
  readonly secret: string;
}

export const workKinds = ['chat', 'image', 'video'] as const satisfies readonly WorkKind[];

/** The attributes that hold a wait. Flat, so that writes for different kinds don't meet. */
export function waitAttributes(kind: WorkKind) {
  return {
    until: `${kind}WaitUntil`,
    cause: `${kind}WaitCause`,
    length: `${kind}WaitLength`,
    probeUntil: `${kind}ProbeUntil`,
  } as const;
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
    state: isStored(item.state) ? item.state : 'disabled',
    reason: textAttribute(item, 'reason'),
    waits: readWaits(item),
    hasToken: flagAttribute(item, 'hasToken'),
    tokenExpiresAt: numberAttribute(item, 'tokenExpiresAt'),
    canSignIn: flagAttribute(item, 'canSignIn'),
    canRefresh: flagAttribute(item, 'canRefresh'),
    renewal: readRenewalState(item),
    cookies: textAttribute(item, 'cookies'),
    signedInAt: numberAttribute(item, 'signedInAt'),
    lastUsedAt: numberAttribute(item, 'lastUsedAt') ?? 0,
    spacedUntil: numberAttribute(item, 'spacedUntil') ?? 0,
    slots: readSlots(item),
  };
}

function readWaits(item: Attributes): Waits {
  const waits: Partial<Record<WorkKind, Wait>> = {};
  for (const kind of workKinds) {
    const names = waitAttributes(kind);
    const until = numberAttribute(item, names.until);
    if (until === undefined) continue;
    waits[kind] = {
      until,
      cause: item[names.cause] === 'quota' ? 'quota' : 'limit',
      length: numberAttribute(item, names.length) ?? 0,
      probeUntil: numberAttribute(item, names.probeUntil) ?? 0,
    };
  }
  return waits;
}
