/** How long a lease lasts that nobody renews, so how long a killed function keeps an account from others. */
export const leaseMilliseconds = 60_000;
/** A lease is renewed so many times before it would end. */
export const renewalsPerLease = 3;
/** How long an idle account is kept for the instance's next request. */
export const holdMilliseconds = 2_000;
/** An idle lease is left alone when it ends sooner than this: clocks differ. */
export const marginMilliseconds = 200;
/** A lease on its last second is renewed at once. */
export const renewAheadMilliseconds = 1_000;
/** A turn is so many requests in a row, or so many milliseconds of shorter ones. Then others have theirs. */
export const usesOfTurn = 4;
export const turnMilliseconds = 2_000;
