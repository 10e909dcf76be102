/** What an account's row holds of its state; the others follow from its waits and the time. */
export const storedStates = ['ok', 'invalid', 'challenge', 'disabled', 'draining'] as const;

export type AccountState = (typeof storedStates)[number];

/** A state of an account as the scheduler sees it, for one kind of work. */
export type SchedulerState = AccountState | 'wait' | 'probing';

/** Every state, in the words of docs/account-states.md. */
export const stateMeanings = {
  ok: 'It may be used.',
  wait: 'It rests from one kind of work (chat, image or video) until a time. Other kinds go on.',
  probing:
    'Half-open: its wait is over, and one request may try it. While that request is out, nobody else uses the account for this kind of work.',
  invalid: 'Its token is not accepted, or has ended, and there is no way to another one.',
  challenge: 'The site wants a verification that only the owner can do, in their own browser.',
  draining: 'It goes on with the chats that it owns, and takes no new ones.',
  disabled: 'Unusable until its owner acts: taken out by them, or not let in by the site.',
} as const satisfies Record<SchedulerState, string>;

/** Every event that the scheduler knows, in the words of docs/account-states.md. */
export const eventMeanings = {
  success: 'an answer came to its end',
  protocol: 'the upstream could not use the request in this form, or answered out of turn',
  transport: 'the upstream was away, answered 5xx, was silent or broke off',
  content: 'the content filter refused the input or withheld the output',
  limit: 'too many requests in a short time, or at once; also an empty answer',
  quota: 'the quota for this kind of work is used up for hours',
  'token-refused': 'the token is not accepted, and there is a way to another one, which is taken before the next use',
  auth: 'the token is not accepted, and there is no way to another one',
  challenge: 'the site asked for a verification',
  account: 'the site does not let this account in',
  'wait-over': 'the time of a wait has come',
  'token-ended': 'the time of a token has come, and there is no way to another one',
  renew: 'its owner gave a new secret',
  'token-gained': 'the gateway got a new token for it',
  enable: 'the owner puts the account back in use',
  disable: 'the owner takes the account out of use',
  drain: 'the owner lets the account finish',
} as const satisfies Record<string, string>;

export type SchedulerEvent = keyof typeof eventMeanings;

/** One row of the state machine. */
export interface Transition {
  readonly from: readonly SchedulerState[];
  readonly event: SchedulerEvent;
  readonly to: SchedulerState;
}

const inUse = ['ok', 'wait', 'probing', 'draining'] as const;

/**
 * The whole state machine; what has no row here changes no state. The code that writes states asks this table, and
 * docs/account-states.md is drawn from it.
 */
export const transitions: readonly Transition[] = [
  { from: ['ok', 'wait', 'probing'], event: 'limit', to: 'wait' },
  { from: ['ok', 'wait', 'probing'], event: 'quota', to: 'wait' },
  { from: ['wait'], event: 'wait-over', to: 'probing' },
  { from: ['probing'], event: 'success', to: 'ok' },
  { from: ['probing'], event: 'protocol', to: 'ok' },
  { from: ['probing'], event: 'transport', to: 'ok' },
  { from: ['probing'], event: 'content', to: 'ok' },
  { from: inUse, event: 'auth', to: 'invalid' },
  { from: inUse, event: 'token-ended', to: 'invalid' },
  { from: inUse, event: 'challenge', to: 'challenge' },
  { from: inUse, event: 'account', to: 'disabled' },
  { from: ['invalid', 'challenge', 'disabled', 'draining'], event: 'renew', to: 'ok' },
  { from: ['invalid'], event: 'token-gained', to: 'ok' },
  { from: ['challenge', 'disabled', 'draining'], event: 'enable', to: 'ok' },
  { from: ['ok', 'wait', 'probing', 'invalid', 'challenge', 'draining'], event: 'disable', to: 'disabled' },
  { from: ['ok', 'wait', 'probing'], event: 'drain', to: 'draining' },
];

const byStateAndEvent = new Map(
  transitions.flatMap(({ from, event, to }) => from.map((state) => [`${state} ${event}`, to] as const)),
);

/** @returns the state after the event, `undefined` when the event changes nothing in this state. */
export function nextState(from: SchedulerState, event: SchedulerEvent): SchedulerState | undefined {
  return byStateAndEvent.get(`${from} ${event}`);
}

/** @returns whether a state is one that rows hold. */
export function isStored(state: unknown): state is AccountState {
  return storedStates.some((known) => known === state);
}
