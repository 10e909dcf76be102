import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import type { CallerLimits } from '../../../shared/chat/caller-limits.ts';
import { createMeterRoute } from '../../../shared/composition/open-metering.ts';
import { breakStream } from '../../../shared/dialects/break-stream.ts';
import type { RouteHandler } from '../../../shared/http/endpoint.ts';
import type { Call } from '../../../shared/http/invocation.ts';
import { createAnswerOnce } from '../../../shared/idempotency/answer-once.ts';
import type { Clock } from '../../../shared/idempotency/clock.ts';
import { pack } from '../../../shared/idempotency/packed-text.ts';
import { createLogger } from '../../../shared/logging/logger.ts';
import { Calendar } from '../../../shared/metering/calendar.ts';
import { limitStates } from '../../../shared/metering/limit-states.ts';
import { Metering } from '../../../shared/metering/metering.ts';
import { readUsageRow, usageShards } from '../../../shared/metering/usage-row.ts';
import type { Route } from '../../../shared/routes.ts';
import { meterKey, usagePartition } from '../../../shared/store/keys.ts';
import { SimulatedClock } from '../../unit/idempotency/simulated-clock.ts';
import { MemoryTable } from '../memory-table.ts';
import { functionTime } from './metered-call.ts';
import { ShakyTable } from './shaky-table.ts';

const noon = Date.UTC(2026, 10, 22, 12);
const calendar = new Calendar('UTC');
/** More turns than anybody works without using the table. */
const quietTurns = 256;
const longText = Buffer.alloc(200_000, 'word');

/** A table, the processes that use it, and what was seen while they did. Time stands still while anybody works. */
export class SpendWorld {
  readonly table = new MemoryTable();
  readonly clock = new SimulatedClock(noon, () => this.#quiet());
  /** Wherever a counter was seen beyond its limit. */
  readonly overruns: string[] = [];
  readonly #limits: Readonly<Record<string, CallerLimits>>;
  readonly #random: () => number;
  readonly #making = new Set<string>();
  #uses = 0;

  /** @param random from 0 to 1, for how long a call of the table takes. */
  constructor(limits: Readonly<Record<string, CallerLimits>>, random: () => number) {
    this.#limits = limits;
    this.#random = random;
  }

  /**
   * A function's process, which answers one request as all functions do.
   *
   * @param onRow told when it has written what its request has used.
   */
  openProcess(onRow: () => void = () => {}) {
    const shaky = new ShakyTable(this.table, {
      random: this.#random,
      used: () => {
        this.#uses += 1;
      },
      written: ({ pk }) => {
        if (pk.startsWith('meter#')) this.#look(pk.slice('meter#'.length));
        if (pk.startsWith('usage#')) onRow();
      },
    });
    const logger = createLogger('error');
    const metering = new Metering({ table: shaky, calendar, logger, longestJob: 1, now: () => this.clock.now() });
    const answerRoute = createAnswerOnce({ table: shaky, logger, breakStream, clock: this.#clockOf(shaky) });
    const meterRoute = createMeterRoute(metering);
    const answer = (route: Route, call: Call, handle: RouteHandler) =>
      answerRoute(route, call, meterRoute(route, handle));
    return { shaky, metering, answer };
  }

  /** An answer is being made, which takes a real while when it is tried again. */
  making(id: string): void {
    this.#making.add(id);
  }

  /** It is not being made any more: its stream may still go on. */
  made(id: string): void {
    this.#making.delete(id);
  }

  /** Lets all leases end, and has somebody look at these keys. */
  async settleAll(keys: readonly string[]): Promise<void> {
    await this.clock.pass(functionTime + 10_000);
    const { metering } = this.openProcess();
    for (const key of keys)
      for (let round = 0; round < 30; round += 1) await metering.meters.look(key, this.#limits[key] ?? {});
  }

  async rows() {
    const shards = Array.from({ length: usageShards }, (_, shard) =>
      this.table.query(usagePartition('2026-11-22', shard)),
    );
    return (await Promise.all(shards)).flat().flatMap((item) => readUsageRow(item) ?? []);
  }

  #look(keyId: string): void {
    const limits = this.#limits[keyId] ?? {};
    const item = this.table.peek(meterKey(keyId)) ?? {};
    for (const { window, unit, limit, taken } of limitStates(limits, item, this.clock.now(), calendar)) {
      if (taken > limit || taken < 0) this.overruns.push(`${keyId}: ${taken} of ${limit} ${unit} a ${window}`);
    }
    const { inFlight = 0 } = item;
    if (Number(inFlight) > (limits.inFlight ?? 1000)) this.overruns.push(`${keyId}: ${String(inFlight)} in flight`);
  }

  #clockOf(shaky: ShakyTable): Clock {
    return {
      now: () => this.clock.now(),
      delay: async (...wait) => {
        await this.clock.delay(...wait);
        if (shaky.isDead) await new Promise(() => {});
      },
    };
  }

  /** Resolves when nobody uses the table any more, and nothing runs in other threads. */
  async #quiet(): Promise<void> {
    let seen = -1;
    while (seen !== this.#uses || this.#making.size > 0) {
      if (seen === this.#uses) await delay(5);
      seen = this.#uses;
      for (let turns = 0; turns < quietTurns && seen === this.#uses; turns += 1) await turn();
      if (seen === this.#uses) await pack(longText);
    }
  }
}
