import type { AnswerMeter, CallMeter, JobMetering, OrderedJob, Wanted } from '../chat/call-meter.ts';
import type { GatewayError } from '../chat/errors/gateway-error.ts';
import type { Call } from '../http/invocation.ts';
import { Admission } from './admission.ts';
import { chargeOf, nothing } from './amounts.ts';
import { type AnswerUse, countUses, noTokens } from './answer-uses.ts';
import { orderJob } from './job-order.ts';
import { limitEvents } from './limit-events.ts';
import type { MeteredRoute, Metering } from './metering.ts';
import type { UsageRow } from './usage-row.ts';

/** How a request ended. */
export interface Outcome {
  /** That the caller saw. */
  readonly status: number;
  /** What went wrong, before the answer or in it. */
  readonly error?: GatewayError;
  /** Whether the caller has left before the end. */
  readonly isAborted?: boolean;
}

/** Counts what one request uses, writes it down, and charges its key: once, however it ends. */
export class RequestMeter implements CallMeter {
  readonly #metering: Metering;
  readonly #route: MeteredRoute;
  readonly #call: Call;
  readonly #startedAt: number;
  readonly #openedAt = performance.now();
  readonly #admission: Admission;
  readonly #uses: (() => AnswerUse | undefined)[] = [];
  readonly #objects: string[] = [];
  #facts: Parameters<CallMeter['describe']>[0] = {};
  #images = 0;
  #isLeft = false;
  #finished: Promise<void> | undefined;

  constructor(metering: Metering, route: MeteredRoute, call: Call) {
    this.#metering = metering;
    this.#route = route;
    this.#call = call;
    this.#startedAt = metering.now();
    this.#admission = new Admission(metering, route.dialect, call, this.#startedAt);
  }

  describe(facts: Parameters<CallMeter['describe']>[0]): void {
    // What follows an answer, as its pictures, is not what the request is about.
    this.#facts = { ...facts, ...this.#facts };
  }

  admit(wanted: Wanted): Promise<void> | undefined {
    return this.#admission.admit(wanted);
  }

  answer(kind: 'chat' | 'image'): AnswerMeter {
    let last: AnswerUse | undefined;
    this.#uses.push(() => last);
    return {
      limit: (events) => {
        const { allowance, promptEstimate } = this.#admission;
        return allowance === undefined || kind === 'image' ? events : limitEvents(events, allowance, promptEstimate);
      },
      serve: (account, facts) => {
        last = { kind, account, facts };
      },
    };
  }

  madeImages(count: number, objects: readonly string[] = []): void {
    this.#images += count;
    this.#objects.push(...objects);
  }

  keep(): Promise<void> {
    return this.finish({ status: 200 });
  }

  handOver(job: OrderedJob): Promise<JobMetering> {
    return orderJob(this.#metering, this.#route, this.#call, job);
  }

  async takeBack(jobId: string): Promise<void> {
    await this.#metering.meters.settleJob(this.#call.caller.id, jobId, nothing);
  }

  leave(): void {
    this.#isLeft = true;
  }

  /** Whether something is reserved, which others may wait for. */
  get holds(): boolean {
    return this.#admission.holds;
  }

  /** Writes the row, then charges. What comes after the first time is the same end. @throws StoreUnavailableError */
  finish(outcome: Outcome): Promise<void> {
    this.#finished ??= this.#finish(outcome);
    return this.#finished;
  }

  async #finish(outcome: Outcome): Promise<void> {
    if (this.#isLeft) return;
    await this.#admission.settled();
    const row = this.#row(outcome);
    await this.#metering.write(row);
    await this.#admission.settle(chargeOf(row));
  }

  #row({ status, error, isAborted = false }: Outcome): UsageRow {
    const uses = this.#uses.flatMap((use) => use() ?? []);
    const isBroken = isAborted || error !== undefined;
    const isGiven = status < 400 && (!isBroken || uses.some(({ facts }) => facts.beganAt !== undefined));
    const { chargeable, ...tokens } = isGiven ? countUses(uses, () => this.#admission.promptEstimate) : noTokens;
    const last = uses.at(-1);
    const beganAt = uses.find(({ facts }) => facts.beganAt !== undefined)?.facts.beganAt;
    const { model = '', target, stream = false } = this.#facts;
    const finishReason = uses.find(({ facts }) => facts.finishReason !== undefined)?.facts.finishReason;
    return {
      id: this.#call.requestId,
      startedAt: this.#startedAt,
      day: this.#metering.calendar.day(this.#startedAt).name,
      keyId: this.#call.caller.id,
      kind: this.#images > 0 && uses.every(({ kind }) => kind === 'image') ? 'image' : this.#route.kind,
      path: this.#route.path,
      dialect: this.#route.dialect,
      model,
      ...(target !== undefined && { target }),
      ...(last && { account: last.account }),
      status,
      ...(error && !isAborted && { errorCode: error.code }),
      stream,
      milliseconds: Math.round(performance.now() - this.#openedAt),
      ...(beganAt !== undefined && { firstTokenMilliseconds: Math.max(0, Math.round(beganAt - this.#openedAt)) }),
      ...(finishReason && !isBroken && { finishReason }),
      ...(isAborted && { aborted: true }),
      ...tokens,
      images: isGiven ? this.#images : 0,
      videoSeconds: 0,
      chargedTokens: Math.min(chargeable, this.#admission.mostTokens),
      ...(this.#objects.length > 0 && { objects: this.#objects }),
      ...(this.#call.isRecorded && { recorded: true }),
    };
  }
}
