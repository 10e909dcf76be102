import type { CallerToken } from '../../chat/caller-token.ts';
import { ChatGoneError } from '../../chat/errors/answer-faults.ts';
import type { WorkKind } from '../../chat/upstream.ts';
import { AccountCredentials } from '../account-credentials.ts';
import type { LeaseOptions } from '../lease.ts';
import type { AccountSource, LeasedAccount } from '../leased-account.ts';
import type { Attempted } from '../waiting-line.ts';
import { CallerTokenRefusedError } from './caller-token-errors.ts';
import { explainNoToken } from './explain-no-token.ts';
import type { TokenDesk } from './token-desk.ts';
import { markOf } from './token-marks.ts';

/** The accounts whose tokens a caller has brought, for one request. Ends with it. */
export class BroughtAccounts implements AccountSource {
  readonly #tokens: readonly CallerToken[];
  readonly #desk: TokenDesk;
  #probed: CallerToken | undefined;

  /** @param tokens in the order in which this request tries them. */
  constructor(tokens: readonly CallerToken[], desk: TokenDesk) {
    this.#tokens = tokens;
    this.#desk = desk;
  }

  /**
   * Gives the first token in the request's order that has room and has met nothing lately. Those that have are passed
   * over while others are left; then the one that is back first is tried, one of them for each request.
   *
   * @throws PoolCoolingError, PoolQuotaError, CallerTokenChallengedError, CallerTokenRefusedError or
   *   CallerTokenUnusableError when there is none.
   * @throws ChatGoneError when the chat belongs to a token that was not sent.
   * @throws the reason of `options.signal`.
   */
  async lease(kind: WorkKind, options: LeaseOptions = {}): Promise<LeasedAccount> {
    const { accountId, exclude, errand = false } = options;
    const own = accountId === undefined ? this.#tokens : this.#tokens.filter(({ id }) => id === accountId);
    if (own.length === 0) throw new ChatGoneError('The token that owns this chat was not sent. Start a new chat.');
    const wanted = own.filter(({ id }) => exclude?.has(id) !== true);
    const given = errand
      ? this.#use(this.#candidates(wanted)[0])
      : await this.#desk.wait({ ...options, attempt: () => this.#attempt(wanted) });
    if (given === undefined) throw this.#whyNone(own);
    return this.#leased(given, kind, !errand);
  }

  #attempt(wanted: readonly CallerToken[]): Attempted<CallerToken> {
    const { uses } = this.#desk;
    const candidates = this.#candidates(wanted);
    const chosen = this.#use(candidates.find(({ id }) => uses.hasRoom(id)));
    if (chosen === undefined) return candidates.length === 0 ? 'never' : 'later';
    uses.begin(chosen.id);
    return { chosen };
  }

  /** Those that may serve, whoever uses them now, the best first. */
  #candidates(wanted: readonly CallerToken[]): readonly CallerToken[] {
    const until = ({ id }: CallerToken) => this.#desk.uses.markOf(id)?.until ?? 0;
    const fresh = wanted.filter((token) => until(token) === 0);
    if (fresh.length > 0) return fresh;
    const probed = this.#probed;
    if (probed !== undefined) return wanted.filter((token) => token === probed);
    return wanted.toSorted((one, other) => until(one) - until(other));
  }

  #use(token: CallerToken | undefined): CallerToken | undefined {
    if (token !== undefined && this.#desk.uses.markOf(token.id) !== undefined) this.#probed = token;
    return token;
  }

  #leased(token: CallerToken, kind: WorkKind, placed: boolean): LeasedAccount {
    const desk = this.#desk;
    let busy = placed;
    const release = () => {
      if (busy) desk.end(token);
      busy = false;
    };
    return {
      accountId: token.id,
      kind,
      isBrought: true,
      // Cookies that the site sets live as long as this lease.
      credentials: new AccountCredentials(token.reveal(), {}, () => desk.now()),
      release,
      settle: async (outcome) => {
        const mark = outcome === 'ok' ? undefined : markOf(outcome, desk.now());
        if (outcome === 'ok' || mark !== undefined) desk.uses.mark(token.id, mark);
        release();
      },
      renew: () => Promise.reject(new CallerTokenRefusedError('The gateway can’t renew a token that it was sent.')),
    };
  }

  #whyNone(own: readonly CallerToken[]): Error {
    return explainNoToken(
      own.map(({ id }) => this.#desk.uses.markOf(id)),
      this.#desk.now(),
    );
  }
}
