import { type Account, lane } from '../../accounts/account.ts';
import type { AccountRows } from '../../accounts/account-rows.ts';
import type { AccountInput } from '../../accounts/add-account.ts';
import { openCurrentSecret } from '../../accounts/current-secret.ts';
import { type OwnerAct, setOwnerState } from '../../accounts/owner-acts.ts';
import type { Renewals } from '../../accounts/renewals.ts';
import type { ChatUpstream } from '../../chat/upstream.ts';
import type { SecretBox } from '../../secrets/secret-box.ts';
import { accountKey } from '../../store/keys.ts';
import type { Table } from '../../store/table.ts';
import { AccountNotFoundError, AccountStateError } from '../admin-errors.ts';
import { giveSecret } from './give-secret.ts';

export interface AccountDeskOptions {
  readonly table: Table;
  readonly rows: AccountRows;
  readonly renewals: Pick<Renewals, 'renew'>;
  readonly secretBox: SecretBox;
  readonly upstream: Pick<ChatUpstream, 'check' | 'signIn'>;
}

/** The state that each act leads to. An account that is there already is left as it is. */
const targets = { disable: 'disabled', enable: 'ok', drain: 'draining' } as const satisfies Record<OwnerAct, string>;

/** Milliseconds that the upstream may take for a test. */
const testLimit = 20_000;

/** What an owner does with single accounts. All methods throw StoreUnavailableError. */
export class AccountDesk {
  readonly #options: AccountDeskOptions;

  constructor(options: AccountDeskOptions) {
    this.#options = options;
  }

  /** By label, as people look for them. */
  async list(): Promise<readonly Account[]> {
    const accounts = await this.#options.rows.list();
    return accounts.toSorted((one, other) => one.label.localeCompare(other.label) || one.id.localeCompare(other.id));
  }

  /** @throws AccountNotFoundError */
  async find(id: string): Promise<Account> {
    const account = await this.#options.rows.read(id);
    if (account === undefined) throw new AccountNotFoundError();
    return account;
  }

  /** Deletes the account with its secrets. @throws AccountNotFoundError */
  async remove(id: string): Promise<Account> {
    const account = await this.find(id);
    await this.#options.table.delete(accountKey(lane, id));
    return account;
  }

  /** Asks the upstream whether it accepts the account's token as it is. @throws AccountNotFoundError, UpstreamError */
  async test(id: string): Promise<Account> {
    const { secretBox, upstream } = this.#options;
    const account = await this.find(id);
    const { token, cookie, proxyUrl } = await openCurrentSecret(secretBox, account);
    if (token === undefined) throw new AccountStateError('The account has no token yet. Refresh it to get one.');
    await upstream.check({ token, cookie, proxyUrl }, AbortSignal.timeout(testLimit));
    return account;
  }

  /** Gets a new token, also for an account whose token was refused. @throws AccountNotFoundError, UpstreamError */
  async refresh(id: string): Promise<Account> {
    const account = await this.find(id);
    return this.#options.renewals.renew(account, 'chat', 'asked');
  }

  /**
   * Gives the account a fresh token, Cookie header or password beside what it has, and puts it back in use.
   *
   * @throws AccountNotFoundError, InvalidRequestError, UpstreamError when the upstream does not accept it.
   */
  async relogin(id: string, input: AccountInput): Promise<Account> {
    await giveSecret(await this.find(id), input, this.#options);
    return this.find(id);
  }

  /** @throws AccountNotFoundError, AccountStateError when the act means nothing in the account's state. */
  async setState(id: string, act: OwnerAct): Promise<Account> {
    const outcome = await setOwnerState(this.#options.table, id, act);
    if (outcome === undefined) throw new AccountNotFoundError();
    if (!outcome.changed && outcome.state !== targets[act]) {
      throw new AccountStateError(
        `An account that is ${outcome.state} can't be changed by ${act}. Refresh it, or give it a new secret.`,
      );
    }
    return this.find(id);
  }
}
