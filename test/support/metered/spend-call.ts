import { setImmediate as turn } from 'node:timers/promises';
import type { CallerLimits } from '../../../shared/chat/caller-limits.ts';
import { TruncatedAnswerError } from '../../../shared/chat/errors/answer-faults.ts';
import { LimitExceededError } from '../../../shared/chat/errors/limit-errors.ts';
import { type HttpResponse, jsonResponse } from '../../../shared/http/http-response.ts';
import type { Call } from '../../../shared/http/invocation.ts';
import { RepeatedError } from '../../../shared/idempotency/repeated-error.ts';
import type { Route } from '../../../shared/routes.ts';
import { openCall, readAnswer } from './metered-call.ts';
import { type Script, serveChat } from './metered-chat.ts';
import type { Plan } from './spend-plan.ts';
import type { SpendWorld } from './spend-world.ts';

/** What became of one call. */
export interface SpendOutcome {
  readonly id: string;
  readonly planned: Plan;
  /** `repeated error` and those with `replayed` are what another call has made. */
  end: 'served' | 'refused' | 'failed' | 'killed' | 'replayed' | 'replayed broken' | 'repeated error';
  /** The place among all that were served; `undefined` when this one was not. */
  servedAs?: number;
  isKilled: boolean;
  /** All of the answer, when its caller stayed. */
  text?: string;
}

const route: Route = {
  method: 'POST',
  path: '/v1/chat/completions',
  function: 'chat-completions',
  dialect: 'openai-chat',
  creates: true,
  access: 'key',
};

/** Makes calls, one a process. */
export class SpendCalls {
  readonly #world: SpendWorld;
  readonly #limits: Readonly<Record<string, CallerLimits>>;
  #served = 0;

  constructor(world: SpendWorld, limits: Readonly<Record<string, CallerLimits>>) {
    this.#world = world;
    this.#limits = limits;
  }

  /** One call from its begin to its end. @returns what became of it. Never rejects. */
  async perform(planned: Plan, index: number): Promise<SpendOutcome> {
    const outcome: SpendOutcome = { id: `request-${index}`, planned, end: 'failed', isKilled: false };
    const call = this.#callOf(planned, outcome.id);
    const dead = Promise.withResolvers<void>();
    const { shaky, answer } = this.#world.openProcess(() => {
      if (planned.ending === 'killed behind its row') kill();
    });
    const kill = () => {
      shaky.kill();
      this.#world.made(outcome.id);
      outcome.isKilled = true;
      outcome.end = 'killed';
      dead.resolve();
    };
    const timer = planned.ending === 'killed' ? setTimeout(kill, planned.moment * 10) : undefined;
    const run = async () => {
      for (let turns = 0; turns < planned.begins; turns += 1) await turn();
      const served = { ...route, metered: planned.ending === 'images' ? 'image' : 'chat' } as const;
      const response = await answer(served, call, (metered) => this.#serve(metered, outcome));
      await this.#read(response, outcome);
      if (planned.ending === 'killed late') kill();
      await call.background.settled();
    };
    const ended = run().catch(async (error: unknown) => {
      await call.background.settled();
      if (error instanceof LimitExceededError) outcome.end = 'refused';
      else outcome.end = error instanceof RepeatedError ? 'repeated error' : 'failed';
    });
    await Promise.race([ended, dead.promise]);
    clearTimeout(timer);
    return outcome;
  }

  #callOf({ key, same, stream, mostTokens }: Plan, id: string): Call {
    const most = mostTokens === undefined ? {} : { max_tokens: mostTokens };
    const body = { model: 'qwen3.7-plus', messages: [{ role: 'user', content: 'word'.repeat(50) }], stream, ...most };
    const { call } = openCall(key, id, body, this.#limits[key]);
    return same === undefined ? call : { ...call, headers: { 'idempotency-key': `same-${same}` } };
  }

  async #serve(call: Call, outcome: SpendOutcome): Promise<HttpResponse> {
    // Nothing begins in a dead process.
    if (outcome.isKilled) await new Promise(() => {});
    this.#served += 1;
    outcome.servedAs = this.#served;
    const { id, planned } = outcome;
    this.#world.making(id);
    try {
      return await (planned.ending === 'images' ? makeImages(call, planned) : serveChat(call, scriptOf(planned)));
    } finally {
      this.#world.made(id);
    }
  }

  async #read(response: HttpResponse, outcome: SpendOutcome): Promise<void> {
    const { ending, moment } = outcome.planned;
    const text = await readAnswer(response, ending === 'aborted' ? 1 + moment : undefined);
    if (outcome.isKilled) return;
    if (ending !== 'aborted') outcome.text = text;
    if (response.headers['idempotent-replayed'] === undefined) outcome.end = 'served';
    else outcome.end = text.includes('"error"') ? 'replayed broken' : 'replayed';
  }
}

async function makeImages(call: Call, { images }: Plan): Promise<HttpResponse> {
  await call.meter?.admit({ images });
  call.meter?.answer('image').serve('one', { usage: undefined, finishReason: 'stop', uncountedTokens: 0, beganAt: 1 });
  // One of them can't be made.
  call.meter?.madeImages(images > 1 ? images - 1 : images);
  return jsonResponse({ data: [] });
}

function scriptOf({ ending, counts, tokens, promptTokens, moment }: Plan): Script {
  const error = new TruncatedAnswerError('Broken.');
  const failure = { after: ending === 'failed' ? 0 : 200 * (1 + moment), error };
  const breaks = ending === 'broken' || ending === 'failed';
  return { counts, tokens, promptTokens, ...(breaks && { failure }) };
}
