/** How much a caller may use up within a day or a month. Each is a whole number from 1; what is absent is no limit. */
export type Budget = {
  readonly requests?: number;
  /** Of prompts and answers of chats, reasoning included. */
  readonly tokens?: number;
  readonly images?: number;
  readonly videoSeconds?: number;
};

/** How much a caller may use. Each number is whole and from 1; what is absent is no limit. */
export type CallerLimits = {
  readonly requestsPerMinute?: number;
  readonly tokensPerMinute?: number;
  /** Requests at the same time. */
  readonly inFlight?: number;
  readonly day?: Budget;
  readonly month?: Budget;
};

/** What budgets count. */
export const budgetUnits = ['requests', 'tokens', 'images', 'videoSeconds'] as const;

export type BudgetUnit = (typeof budgetUnits)[number];
