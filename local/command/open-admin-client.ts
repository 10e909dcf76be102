import { type Environment, Settings, splitList } from '../../shared/read-settings.ts';
import { AdminClient } from './admin-client.ts';
import { CommandError, exitCodes } from './command-error.ts';

/**
 * The gateway and the key that a command line names, or else the laptop's and the first of the environment.
 *
 * @throws CommandError without a key.
 */
export function openAdminClient(
  { url, key }: { readonly url?: string | undefined; readonly key?: string | undefined },
  environment: Environment,
): AdminClient {
  const presented = key ?? splitList(environment.API_KEY)[0] ?? splitList(environment.API_KEYS)[0];
  if (presented === undefined) {
    throw new CommandError('No admin key: give --key, or set API_KEY in the environment or .env.', exitCodes.usage);
  }
  return new AdminClient(url ?? `http://127.0.0.1:${new Settings(environment).integer('PORT')}`, presented);
}
