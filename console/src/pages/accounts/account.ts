/** One kind of work that an account rests from. */
export interface AccountWait {
  /** ISO time. */
  readonly until: string;
  readonly cause: string;
}

export type AccountState = 'ok' | 'wait' | 'probing' | 'invalid' | 'challenge' | 'draining' | 'disabled';

/** An account as the admin API shows it; what is not read here is left out. Times are ISO. */
export interface Account {
  readonly id: string;
  readonly label: string;
  readonly source: string;
  readonly state: AccountState;
  readonly reason: string | null;
  readonly notice: string | null;
  readonly waits: Readonly<Partial<Record<'chat' | 'image' | 'video', AccountWait>>>;
  readonly password: string | null;
  readonly refresh_token: string | null;
  readonly token_expires_at: string | null;
  readonly ends_at: string | null;
  readonly last_used_at: string | null;
  readonly leased_until: string | null;
}

/** How each state looks. */
export const stateTones = {
  ok: 'good',
  wait: 'warn',
  probing: 'warn',
  invalid: 'bad',
  challenge: 'bad',
  draining: 'accent',
  disabled: 'plain',
} as const satisfies Readonly<Record<AccountState, string>>;

/** What needs the owner stands first, then what serves, then what rests. */
const order: readonly AccountState[] = ['challenge', 'invalid', 'ok', 'wait', 'probing', 'draining', 'disabled'];

/** Accounts as the owner wants to see them. */
export function inOrderOfCare(accounts: readonly Account[]): readonly Account[] {
  return accounts.toSorted((one, other) => order.indexOf(one.state) - order.indexOf(other.state));
}

/** What can be done with an account by one request. */
export type AccountAct = 'test' | 'refresh' | 'disable' | 'drain' | 'enable';

/** The acts that mean something in a state; see docs/account-states.md. */
export function actsIn({ state, password, refresh_token }: Account): readonly AccountAct[] {
  const isRenewable = password !== null || refresh_token !== null;
  const isAway = state === 'disabled' || state === 'draining' || state === 'challenge';
  const isServing = state === 'ok' || state === 'wait' || state === 'probing';
  return [
    'test',
    ...(isRenewable ? (['refresh'] as const) : []),
    ...(isServing ? (['drain'] as const) : []),
    ...(isAway ? (['enable'] as const) : []),
    ...(state === 'disabled' ? [] : (['disable'] as const)),
  ];
}
