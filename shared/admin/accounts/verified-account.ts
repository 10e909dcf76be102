import type { AccountSecret } from '../../accounts/account-secret.ts';
import { type AccountInput, readAccountInput } from '../../accounts/add-account.ts';
import { renewSecret } from '../../accounts/renewed-secret.ts';
import { type StoreOutcome, storeAccount } from '../../accounts/store-account.ts';
import type { ChatUpstream } from '../../chat/upstream.ts';
import type { SecretBox } from '../../secrets/secret-box.ts';
import type { Table } from '../../store/table.ts';

export interface AddVerifiedOptions {
  readonly table: Table;
  readonly secretBox: SecretBox;
  readonly upstream: Pick<ChatUpstream, 'signIn' | 'check'>;
}

/** Adds an account after the upstream has accepted it. Doing it again changes nothing. */
export type AddVerified = (
  input: AccountInput,
  source: string,
) => Promise<{ readonly id: string; readonly label: string; readonly outcome: StoreOutcome }>;

/** Milliseconds that the upstream may take. */
const verifyLimit = 20_000;

/**
 * @returns adds accounts; it throws InvalidRequestError for a wrong field, UpstreamError when the upstream does not accept
 * the account, StoreUnavailableError and SecretKeyUnavailableError. Nothing is stored then.
 */
export function createAddVerified({ table, secretBox, upstream }: AddVerifiedOptions): AddVerified {
  return async (input, source) => {
    const given = readAccountInput(input);
    const account = { ...given, secret: await verifySecret(given.secret, upstream) };
    return { id: given.id, label: given.label, outcome: await storeAccount(account, table, secretBox, source) };
  };
}

/**
 * Tries a secret: a token by asking whose it is, a password by signing in, whose token is kept. A refresh token is not
 * spent.
 *
 * @throws UpstreamError when the upstream does not accept it.
 */
export async function verifySecret(
  secret: AccountSecret,
  upstream: AddVerifiedOptions['upstream'],
): Promise<AccountSecret> {
  const { token, cookie, email, password, proxyUrl } = secret;
  const signal = AbortSignal.timeout(verifyLimit);
  if (token !== undefined) {
    await upstream.check({ token, cookie, proxyUrl }, signal);
    return secret;
  }
  if (email === undefined || password === undefined) return secret;
  const session = await upstream.signIn(email, password, signal, proxyUrl);
  return renewSecret(secret, session, Date.now());
}
