import type { Environment } from '../read-settings.ts';
import { LiveComposition } from './live-composition.ts';
import type { Access } from './open-access.ts';

/**
 * Makes the handler of a function without a URL, which follows the settings while it runs.
 *
 * @param open is called again when the settings have changed.
 * @param overrides what this worker needs otherwise than everybody else, whatever is set.
 */
export function liveWorker<Event, Context, Result>(
  open: (access: Access) => (event: Event, context: Context) => Promise<Result>,
  overrides: Environment = {},
): (event: Event, context: Context) => Promise<Result> {
  const live = new LiveComposition(open, { environment: process.env, overrides });
  return async (event, context) => {
    const work = await live.current();
    try {
      return await work(event, context);
    } finally {
      await live.idle();
    }
  };
}
