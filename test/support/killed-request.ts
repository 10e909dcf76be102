import type { ChildProcess } from 'node:child_process';
import { expect, vi } from 'vitest';
import { type FunctionProcesses, kill } from './function-processes.ts';
import { ask, type TestGateway } from './gateway.ts';

export const answerText = Array.from({ length: 30 }, (_, number) => `word${number}`).join(' ');

/** When the function of a request is killed. */
export type KillPoint =
  | { readonly type: 'start' }
  /** The simulator sees a request of this kind. */
  | { readonly type: 'upstream'; readonly route: string }
  /** The caller has read so much. */
  | { readonly type: 'text'; readonly isReached: (text: string) => boolean };

const longestHead = 4000;

/** From before the function's first line of code until after its caller has all of the answer. */
export const killPoints: readonly (readonly [string, () => KillPoint])[] = [
  ['as its process starts', () => ({ type: 'start' })],
  ['while it makes the chat', () => ({ type: 'upstream', route: 'chat-create' })],
  ['while it asks', () => ({ type: 'upstream', route: 'completion' })],
  [
    'somewhere in the answer',
    () => {
      const length = Math.random() * longestHead;
      return { type: 'text', isReached: (text) => text.length > length };
    },
  ],
  ['at the last token', () => ({ type: 'text', isReached: (text) => text.includes('word29') })],
  ['as the answer is over', () => ({ type: 'text', isReached: (text) => text.includes('[DONE]') })],
  ['while it tidies up', () => ({ type: 'upstream', route: 'chat-delete' })],
];

/** What the caller of a function saw that was killed. */
export interface Seen {
  readonly status: number;
  readonly text: string;
  /** Whether the connection broke off. */
  readonly broken: boolean;
}

/** Callers that come one after the other, so that it is known which process serves them. */
export class KilledRequests {
  readonly #gateway: TestGateway;
  readonly #processes: FunctionProcesses;
  #process: ChildProcess | undefined;

  /** From here on, only chat requests of this object may start a function. */
  constructor(gateway: TestGateway, processes: FunctionProcesses) {
    this.#gateway = gateway;
    this.#processes = processes;
  }

  /** A request that nobody disturbs; the function that has served it is the next one's too. */
  async plain(): Promise<Seen> {
    const started = this.#serving();
    const response = await this.#send(true);
    const seen = await readSeen(response, async () => {});
    this.#process = await started;
    // It takes the next request once it has tidied up.
    const report = `REPORT RequestId: ${response.headers.get('x-request-id')}`;
    await vi.waitFor(() => expect(this.#gateway.lines.some((line) => line.includes(report))).toBe(true), {
      timeout: 10_000,
      interval: 5,
    });
    return seen;
  }

  /** A request whose function is killed. */
  async killed(point: KillPoint, stream: boolean): Promise<Seen> {
    const started = this.#serving();
    let killing: Promise<void> | undefined;
    const killNow = () => {
      killing ??= started.then(kill);
      return killing;
    };
    const isSeen = point.type === 'upstream' ? this.#nextUpstream(point.route).then(killNow) : undefined;
    const sent = this.#send(stream);
    if (point.type === 'start') await killNow();
    const seen = await readSeen(await sent, async (text) => {
      if (point.type === 'text' && point.isReached(text)) await killNow();
    });
    await isSeen;
    await killNow();
    this.#process = undefined;
    return seen;
  }

  #serving(): Promise<ChildProcess> {
    return this.#process === undefined ? this.#processes.next() : Promise.resolve(this.#process);
  }

  #send(stream: boolean): Promise<Response> {
    return this.#gateway.request('POST', '/v1/chat/completions', ask(`repeat: ${answerText}`, { stream }));
  }

  #nextUpstream(route: string): Promise<unknown> {
    const { control } = this.#gateway.simulator;
    const before = control.requests().at(-1)?.number ?? 0;
    return control.waitFor((entry) => entry.number > before && entry.route === route);
  }
}

async function readSeen(response: Response, onText: (text: string) => Promise<void>): Promise<Seen> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const bytes of response.body ?? []) {
      text += decoder.decode(bytes, { stream: true });
      await onText(text);
    }
    return { status: response.status, text, broken: false };
  } catch {
    return { status: response.status, text, broken: true };
  }
}
