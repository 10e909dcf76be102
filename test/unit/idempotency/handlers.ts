import { UpstreamUnavailableError } from '../../../shared/chat/errors/answer-faults.ts';
import type { RouteHandler } from '../../../shared/http/endpoint.ts';
import { eventStreamResponse, jsonResponse } from '../../../shared/http/http-response.ts';
import type { SimulatedClock } from './simulated-clock.ts';

export const terminator = 'data: [DONE]\n\n';
export const idleText = 'data: {"idle":true}\n\n';

/** How one answer is made. */
export interface Plan {
  /** Milliseconds before each piece. */
  readonly waits: readonly number[];
  readonly end: 'good' | 'broken' | 'error';
}

/** A piece of an answer; the answer's number is in it, so that no two answers are the same. */
export function pieceOf(answer: number, index: number): string {
  return `data: {"answer":${answer},"piece":${index},"text":"ж${'x'.repeat(index)}"}\n\n`;
}

/** All of a good answer. */
export function wholeOf(answer: number, { waits }: Plan): string {
  return waits.map((_wait, index) => pieceOf(answer, index)).join('') + terminator;
}

/** Streams an answer as it is planned. @param live what a kill ends. */
export function streaming(
  clock: SimulatedClock,
  answer: number,
  plan: Plan,
  live: <T>(work: Promise<T>) => Promise<T> = (work) => work,
): RouteHandler {
  return async (call) => {
    await live(clock.delay(plan.waits[0] ?? 0));
    if (plan.end === 'error') throw new UpstreamUnavailableError(`answer ${answer} failed`);
    return eventStreamResponse({ pieces: pieces(), idle: () => idleText, idleAfter: 15_000, abandon: () => {} });

    async function* pieces(): AsyncGenerator<string, void, undefined> {
      for (const [index, wait] of plan.waits.entries()) {
        if (index > 0) await live(clock.delay(wait));
        yield pieceOf(answer, index);
      }
      if (plan.end === 'good') yield terminator;
      else {
        call.note({ brokenBy: new UpstreamUnavailableError('cut') });
        yield 'data: {"error":{}}\n\n';
      }
    }
  };
}

/** Answers whole, as it is planned. */
export function whole(
  clock: SimulatedClock,
  answer: number,
  plan: Plan,
  live: <T>(work: Promise<T>) => Promise<T> = (work) => work,
): RouteHandler {
  return async () => {
    for (const wait of plan.waits) await live(clock.delay(wait));
    if (plan.end !== 'good') throw new UpstreamUnavailableError(`answer ${answer} failed`);
    return jsonResponse({ answer, text: wholeOf(answer, plan) }, 201, {
      'x-qwen-model': 'm',
      'x-ratelimit-limit': '1',
    });
  };
}
