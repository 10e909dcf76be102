import type { BudgetUnit } from '../chat/caller-limits.ts';
import {
  BudgetExhaustedError,
  KeyRateLimitError,
  KeyRateTooSmallError,
  type LimitExceededError,
} from '../chat/errors/limit-errors.ts';
import type { Amounts } from './amounts.ts';
import type { LimitState } from './limit-states.ts';

const words: Readonly<Record<BudgetUnit, string>> = {
  requests: 'requests',
  tokens: 'tokens',
  images: 'images',
  videoSeconds: 'seconds of video',
};

/**
 * @param states those of longer windows first: where a day's budget is gone, waiting for the next minute is in vain.
 * @param least what the request needs at least.
 * @returns why it can't be served, `undefined` when there is room for it.
 */
export function refusalOf(states: readonly LimitState[], least: Amounts, time: number): LimitExceededError | undefined {
  const missed = states.find(({ unit, limit, taken }) => least[unit] > 0 && limit - taken < least[unit]);
  if (missed === undefined) return undefined;
  const { window, unit, limit, taken, resetAt } = missed;
  const left = Math.max(0, limit - taken);
  const facts = `${limit} ${words[unit]} a ${window}; ${left} are left, and this needs ${least[unit]}`;
  if (least[unit] > limit) return tooLarge(window, `This key may use ${facts}. That is more than it ever gets.`);
  const begins = new Date(resetAt).toISOString();
  if (window !== 'minute') {
    return new BudgetExhaustedError(`This key may use ${facts}. It is counted anew from ${begins} on.`);
  }
  const retryAfterSeconds = Math.max(1, (resetAt - time) / 1000);
  return new KeyRateLimitError(`This key may use ${facts}. Try again at ${begins}.`, { retryAfterSeconds });
}

function tooLarge(window: LimitState['window'], message: string): LimitExceededError {
  return window === 'minute' ? new KeyRateTooSmallError(message) : new BudgetExhaustedError(message);
}
