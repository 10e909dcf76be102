import { type Account, lane } from '../../accounts/account.ts';
import { sealSecret } from '../../accounts/account-secret.ts';
import { type AccountInput, readAccountInput } from '../../accounts/add-account.ts';
import { openCurrentSecret } from '../../accounts/current-secret.ts';
import { replaceSecret } from '../../accounts/replace-secret.ts';
import { accountKey } from '../../store/keys.ts';
import { AccountStateError } from '../admin-errors.ts';
import { type AddVerifiedOptions, verifySecret } from './verified-account.ts';

/**
 * Gives an account something new to prove itself with, which the upstream must accept, beside what it has. What is known
 * of the setting that it came from stays: an import of the same setting must not undo this.
 *
 * @throws InvalidRequestError, UpstreamError, StoreUnavailableError, SecretKeyUnavailableError, SecretUnreadableError
 * @throws AccountStateError when somebody else has changed the secret meanwhile.
 */
export async function giveSecret(
  account: Account,
  input: AccountInput,
  { table, secretBox, upstream }: AddVerifiedOptions,
): Promise<void> {
  const { token: _, refreshToken: __, ...stored } = await openCurrentSecret(secretBox, account);
  // A password alone is enough where the address is known.
  const email = input.password === undefined ? input.email : (input.email ?? stored.email);
  const { imported, ...given } = readAccountInput({ ...input, email }).secret;
  const secret = await verifySecret({ ...stored, ...given, imported: stored.imported ?? imported ?? '' }, upstream);
  const { changes, condition } = replaceSecret(account, secret, await sealSecret(secretBox, account.id, secret));
  const isWritten = await table.update(accountKey(lane, account.id), changes, condition);
  if (!isWritten) throw new AccountStateError('The account was changed meanwhile. Try again.');
}
