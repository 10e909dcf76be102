import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RouteHandler } from '../../../shared/http/endpoint.ts';
import { MemoryTable } from '../../support/memory-table.ts';
import { type Plan, streaming, terminator, whole, wholeOf } from './handlers.ts';
import { type Got, Instance } from './instance.ts';
import { SimulatedClock } from './simulated-clock.ts';

const plan: fc.Arbitrary<Plan> = fc.record({
  waits: fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 6 }),
  end: fc.constantFrom('good', 'good', 'good', 'broken', 'error'),
});

const request = fc.record({
  /** Many of them at the same moment. */
  startAt: fc.integer({ min: 0, max: 24 }).map((step) => step * 5000),
  /** Milliseconds after its start. */
  killAfter: fc.option(fc.integer({ min: 0, max: 60_000 }), { nil: undefined }),
  leaveAfter: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
});
type Request = typeof request extends fc.Arbitrary<infer Kind> ? Kind : never;

/** One answer that is made upstream. */
interface Run {
  readonly by: Instance;
  readonly plan: Plan;
  /** Its caller has it, or will have it. */
  isOver: boolean;
}

const good: Plan = { waits: [10, 10], end: 'good' };

/** One key, its requests, and every upstream call that they led to. */
class Scenario {
  readonly clock = new SimulatedClock();
  readonly runs: Run[] = [];
  readonly instances: Instance[] = [];
  readonly #table = new MemoryTable();
  readonly #plans: readonly Plan[];
  readonly #makes: typeof streaming;

  constructor(plans: readonly Plan[], isStreamed: boolean) {
    this.#plans = plans;
    this.#makes = isStreamed ? streaming : whole;
  }

  /** @returns what its caller has; `undefined` when the function was killed first. */
  async ask({ startAt, leaveAfter, killAfter }: Partial<Request>, isLast = false): Promise<Got | Error | undefined> {
    await this.clock.delay(startAt ?? 0);
    const instance = new Instance(this.#table, this.clock);
    this.instances.push(instance);
    let hasEnded = false;
    const answered = instance
      .ask(this.#handler(instance, isLast), leaveAfter === undefined ? {} : { leaveAfter })
      .catch((error: Error) => error)
      .finally(() => {
        hasEnded = true;
      });
    if (killAfter === undefined) return answered;
    const killed = this.clock.delay(killAfter).then(() => {
      if (!hasEnded) instance.kill();
      return hasEnded ? answered : undefined;
    });
    return Promise.race([answered, killed]);
  }

  #handler(by: Instance, isLast: boolean): RouteHandler {
    return async (call) => {
      const alive = this.runs.filter((run) => run.by.isAlive);
      expect(alive.filter(({ isOver }) => !isOver)).toEqual([]);
      expect(alive.filter((run) => run.plan.end === 'good')).toEqual([]);
      const plan = isLast ? good : (this.#plans[this.runs.length] ?? good);
      const run: Run = { by, plan, isOver: false };
      this.runs.push(run);
      const over = () => {
        run.isOver = true;
      };
      const handle = this.#makes(this.clock, this.runs.length, plan, (work) => by.live(work));
      const response = await handle(call).finally(over);
      if (typeof response.body === 'string') return response;
      run.isOver = false;
      return { ...response, body: { ...response.body, pieces: toldWhenOver(response.body.pieces, over) } };
    };
  }
}

async function* toldWhenOver(pieces: AsyncIterable<string>, over: () => void): AsyncGenerator<string, void, undefined> {
  try {
    yield* pieces;
  } finally {
    over();
  }
}

function isAnswer(outcome: Got | Error | undefined): outcome is Got {
  return outcome !== undefined && !(outcome instanceof Error);
}

it('one key has one good answer, whoever asks, leaves or is killed, and one upstream call at a time', async () => {
  const counts = { requests: 0, upstreamCalls: 0, killed: 0, replayed: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(request, { minLength: 2, maxLength: 8 }),
      fc.array(plan, { maxLength: 8 }),
      fc.boolean(),
      async (requests, plans, isStreamed) => {
        const scenario = new Scenario(plans, isStreamed);
        // One more comes when all is over, and must be served.
        const all = [...requests.map((asked) => scenario.ask(asked)), scenario.ask({ startAt: 3_000_000 }, true)];
        const outcomes = await scenario.clock.until(Promise.all(all));
        const { runs, instances } = scenario;
        const last = runs.at(-1);
        expect(last?.plan.end).toBe('good');
        const words = wholeOf(runs.length, last?.plan ?? good);
        const wanted = isStreamed ? words : JSON.stringify({ answer: runs.length, text: words });
        const texts = outcomes
          .filter((_outcome, index) => requests[index]?.leaveAfter === undefined)
          .flatMap((outcome) => (isAnswer(outcome) ? [outcome.text] : []));
        for (const text of texts) {
          // Whatever is not the one good answer says so.
          if (text !== wanted) expect([text.includes(terminator), text.includes('"error":')]).toEqual([false, true]);
        }
        expect(texts.at(-1)).toBe(wanted);
        counts.requests += outcomes.length;
        counts.upstreamCalls += runs.length;
        counts.killed += instances.filter(({ isAlive }) => !isAlive).length;
        counts.replayed += instances.filter(({ notes }) => notes.some(({ replayed }) => replayed === true)).length;
      },
    ),
    { numRuns: 150 },
  );
  process.stdout.write(`one key, random requests: ${JSON.stringify(counts)}\n`);
  expect(counts.replayed).toBeGreaterThan(100);
  expect(counts.killed).toBeGreaterThan(50);
});
