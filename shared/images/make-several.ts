import { PoolCoolingError } from '../accounts/no-account-errors.ts';
import type { GatewayError } from '../chat/errors/gateway-error.ts';
import { toGatewayError } from '../chat/errors/internal-error.ts';

/** What came of one of several pieces of work. */
export type Outcome<Made> =
  | { readonly index: number; readonly made: Made }
  | { readonly index: number; readonly error: GatewayError };

/**
 * Does the same work several times at once, over as many accounts as there are, and gives what comes of each as it comes.
 * Those that found every account taken by the others go on when these are done, as long as that gets anything made.
 *
 * @param work never begun again after another failure.
 */
export async function* makeSeveral<Made>(count: number, work: () => Promise<Made>): AsyncGenerator<Outcome<Made>> {
  let open = Array.from({ length: count }, (_, index) => index);
  while (open.length > 0) {
    const turnedAway: Outcome<Made>[] = [];
    let made = 0;
    for await (const outcome of asTheyCome(open.map((index) => attempt(index, work)))) {
      if ('error' in outcome && outcome.error instanceof PoolCoolingError) {
        turnedAway.push(outcome);
      } else {
        if ('made' in outcome) made += 1;
        yield outcome;
      }
    }
    if (made === 0) {
      yield* turnedAway;
      return;
    }
    open = turnedAway.map(({ index }) => index);
  }
}

async function attempt<Made>(index: number, work: () => Promise<Made>): Promise<Outcome<Made>> {
  try {
    return { index, made: await work() };
  } catch (error) {
    return { index, error: toGatewayError(error) };
  }
}

async function* asTheyCome<Value>(promises: readonly Promise<Value>[]): AsyncGenerator<Value> {
  const pending = new Map(promises.map((promise, place) => [place, promise.then((value) => ({ place, value }))]));
  while (pending.size > 0) {
    const { place, value } = await Promise.race(pending.values());
    pending.delete(place);
    yield value;
  }
}
