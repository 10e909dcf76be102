import type { Wanted } from '../chat/call-meter.ts';
import type { CallerLimits } from '../chat/caller-limits.ts';
import type { DialectName } from '../chat/dialect.ts';
import type { Call } from '../http/invocation.ts';
import { type Amounts, nothing } from './amounts.ts';
import { estimatePrompt } from './estimate-prompt.ts';
import { Held } from './held.ts';
import { limitHeaders } from './limit-headers.ts';
import type { Metering } from './metering.ts';
import type { Reservation } from './reservation.ts';
import type { Reserved } from './reserved.ts';
import { firstPiece, TokenAllowance } from './token-allowance.ts';

/** Milliseconds after the end of its function's time by which a reservation lapses. */
const lapseAfter = 5_000;

/** What is reserved for one request. */
export class Admission {
  readonly #metering: Metering;
  readonly #dialect: DialectName;
  readonly #call: Call;
  readonly #startedAt: number;
  #chat: Wanted['chat'];
  #promptEstimate: number | undefined;
  #allowance: TokenAllowance | undefined;
  #held: Held | undefined;
  #stale: readonly string[] = [];
  #running: Promise<void> | undefined;

  constructor(metering: Metering, dialect: DialectName, call: Call, startedAt: number) {
    this.#metering = metering;
    this.#dialect = dialect;
    this.#call = call;
    this.#startedAt = startedAt;
  }

  get holds(): boolean {
    return this.#running !== undefined;
  }

  /** What bounds the answer; absent without a limit of tokens. */
  get allowance(): TokenAllowance | undefined {
    return this.#allowance;
  }

  /** Tokens that may be charged. */
  get mostTokens(): number {
    return this.#allowance?.tokens ?? Number.POSITIVE_INFINITY;
  }

  /** Tokens of the prompt, as far as can be said without the upstream. */
  get promptEstimate(): number {
    this.#promptEstimate ??= this.#chat === undefined ? 0 : estimatePrompt(this.#chat);
    return this.#promptEstimate;
  }

  /** @returns rejects with a LimitExceededError or StoreUnavailableError; `undefined` without limits. */
  admit(wanted: Wanted): Promise<void> | undefined {
    this.#chat ??= wanted.chat;
    const { limits } = this.#call.caller;
    if (limits === undefined) return undefined;
    const before = this.#running ?? Promise.resolve();
    const running = before.then(() => this.#reserve(wanted, limits));
    this.#running = running;
    // Whoever asks the upstream hears of it, if anybody does.
    running.catch(() => undefined);
    return running;
  }

  /** Resolves when nothing is being reserved any more. */
  async settled(): Promise<void> {
    await this.#running?.catch(() => undefined);
    await this.#held?.settled();
  }

  /** @throws StoreUnavailableError */
  async settle(charge: Amounts): Promise<void> {
    if (this.#held === undefined) return;
    await this.#metering.meters.settle(this.#call.caller.id, this.#held.reservation, charge, this.#stale);
  }

  async #reserve(wanted: Wanted, limits: CallerLimits): Promise<void> {
    const { chat, images = 0 } = wanted;
    if (this.#held === undefined) await this.#hold(wanted, limits);
    else if (images > 0) await this.#held.grow({ ...nothing, images });
    const held = this.#held;
    if (held === undefined || chat === undefined || this.#allowance !== undefined || !limitsTokens(limits)) return;
    this.#allowance = new TokenAllowance({
      held,
      mostOutput: chat.limits.maxOutputTokens,
      background: (work) => this.#call.background.add('reserve tokens', work),
    });
  }

  async #hold({ chat, images = 0, queued }: Wanted, limits: CallerLimits): Promise<void> {
    const { meters, now } = this.#metering;
    const { caller, requestId, remainingMilliseconds, wasQueued } = this.#call;
    const end = queued?.until ?? now() + remainingMilliseconds();
    const place = { id: queued?.id ?? requestId, startedAt: this.#startedAt, until: end + lapseAfter };
    if (wasQueued && (await this.#takeOver(place, images, limits))) return;
    const prompt = chat !== undefined && limitsTokens(limits) ? this.promptEstimate : undefined;
    const output = Math.min(firstPiece, chat?.limits.maxOutputTokens ?? firstPiece);
    const asked = { ...nothing, requests: 1, images };
    const reserved = await meters.reserve({
      ...place,
      keyId: caller.id,
      limits,
      kind: queued === undefined ? 'request' : 'queued',
      amounts: { ...asked, tokens: prompt === undefined ? 0 : prompt + output },
      // The prompt can't be cut, and an answer of nothing is none.
      least: { ...asked, tokens: prompt === undefined ? 0 : prompt + 1 },
      tell: (states) => this.#call.tell?.(limitHeaders(this.#dialect, states, now())),
    });
    this.#take(reserved, limits);
  }

  /** @returns whether what was reserved for the request when it was queued is still there. */
  async #takeOver(
    place: Pick<Reservation, 'id' | 'startedAt' | 'until'>,
    images: number,
    limits: CallerLimits,
  ): Promise<boolean> {
    const reservation = await this.#metering.queued.takeOver(this.#call.caller.id, place);
    if (reservation === undefined) return false;
    const held = this.#open(reservation, limits);
    const missing = images - reservation.amounts.images;
    if (missing > 0) await held.grow({ ...nothing, images: missing });
    return true;
  }

  #take({ reservation, lapsed, stale }: Reserved, limits: CallerLimits): void {
    const { caller, background } = this.#call;
    if (lapsed.length > 0) {
      background.add('settle lapsed requests', this.#metering.meters.settleLapsed(caller.id, lapsed));
    }
    this.#stale = stale;
    this.#open(reservation, limits);
  }

  #open(reservation: Reservation, limits: CallerLimits): Held {
    const held = new Held(reservation, this.#metering.meters, { id: this.#call.caller.id, limits });
    this.#held = held;
    return held;
  }
}

function limitsTokens({ tokensPerMinute, day, month }: CallerLimits): boolean {
  return [tokensPerMinute, day?.tokens, month?.tokens].some((limit) => limit !== undefined);
}
