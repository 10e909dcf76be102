import { StoreUnavailableError } from '../store/store-errors.ts';

/** Milliseconds. A caller waits for this, and a conversation that is not found costs no more than a fold. */
const longest = 2000;

/** Does without a store that takes long. @throws StoreUnavailableError when `work` throws it, or is not done in time. */
export async function soonEnough<Result>(work: Promise<Result>): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const late = () => reject(new StoreUnavailableError("The gateway's table takes long just now. Try again."));
  const timer = setTimeout(late, longest);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
