import type { Simulator } from '../../../local/simulator/simulator.ts';
import type { Contender } from '../contenders/contender.ts';
import { openingOf, stepOf } from './agent-session.ts';
import { type SessionDialect, type Step, writtenStep } from './session-dialects.ts';

/** What one session has cost. */
export interface SessionCost {
  /** Of all bodies that went upstream. */
  readonly sentBytes: number;
  /** Milliseconds to the first piece of each turn's answer. */
  readonly firstPieces: readonly number[];
}

/** Plays a session turn by turn. @throws Error when a turn is not answered by the call that the model wrote. */
export async function runSession(
  { control }: Simulator,
  { url, headers }: Contender,
  dialect: SessionDialect,
  turns: number,
): Promise<SessionCost> {
  const opening = openingOf(`${dialect.name} ${performance.now()}`);
  const steps: Step[] = [];
  const firstPieces: number[] = [];
  let sentBytes = 0;
  for (let turn = 1; turn <= turns; turn += 1) {
    const step = stepOf(turn);
    control.script(writtenStep(step));
    const seen = control.requests().at(-1)?.number ?? 0;
    const { milliseconds, text } = await post(new URL(dialect.path, url), headers, dialect.body(opening, steps));
    const [callId] = /call_[0-9a-f]{32}/.exec(text) ?? [];
    if (callId === undefined) throw new Error(`Turn ${turn} has no call: ${text.slice(0, 500)}`);
    firstPieces.push(milliseconds);
    for (const { number, bodyBytes } of control.requests()) if (number > seen) sentBytes += bodyBytes;
    steps.push({ ...step, callId });
  }
  return { sentBytes, firstPieces };
}

async function post(url: URL, headers: Readonly<Record<string, string>>, body: object) {
  const content = JSON.stringify(body);
  const begin = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: content,
  });
  let milliseconds = 0;
  let text = '';
  const decoder = new TextDecoder();
  for await (const piece of response.body ?? []) {
    if (text === '') milliseconds = performance.now() - begin;
    text += decoder.decode(piece, { stream: true });
  }
  return { milliseconds, text };
}
