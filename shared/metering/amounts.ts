import { type BudgetUnit, budgetUnits } from '../chat/caller-limits.ts';
import type { UsageRow } from './usage-row.ts';

/** How much of everything that budgets count. */
export type Amounts = Readonly<Record<BudgetUnit, number>>;

export const nothing: Amounts = { requests: 0, tokens: 0, images: 0, videoSeconds: 0 };

/** @returns what is more in one than in the other, unit by unit. */
export function minus(one: Amounts, other: Amounts): Amounts {
  return combine(one, other, (first, second) => first - second);
}

export function plus(one: Amounts, other: Amounts): Amounts {
  return combine(one, other, (first, second) => first + second);
}

/** @returns the lesser of both, unit by unit. */
export function within(one: Amounts, most: Amounts): Amounts {
  return combine(one, most, Math.min);
}

function combine(one: Amounts, other: Amounts, how: (first: number, second: number) => number): Amounts {
  return {
    requests: how(one.requests, other.requests),
    tokens: how(one.tokens, other.tokens),
    images: how(one.images, other.images),
    videoSeconds: how(one.videoSeconds, other.videoSeconds),
  };
}

/** The units of which there is any. */
export function present(amounts: Amounts): readonly BudgetUnit[] {
  return budgetUnits.filter((unit) => amounts[unit] !== 0);
}

/** What a request is charged for, as its row tells. One that came to nothing is none, but for its minute. */
export function chargeOf({ status, errorCode, aborted, chargedTokens, images, videoSeconds }: UsageRow): Amounts {
  const isGood = status < 400 && errorCode === undefined && aborted === undefined;
  const requests = isGood || chargedTokens + images + videoSeconds > 0 ? 1 : 0;
  return { requests, tokens: chargedTokens, images, videoSeconds };
}
