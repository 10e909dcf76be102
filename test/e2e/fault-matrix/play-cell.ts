import { expect, vi } from 'vitest';
import type { ErrorWords } from '../../support/dialect-doors/dialect-door.ts';
import { type Outcome, readOutcome } from '../../support/read-outcome.ts';
import type { Arena } from './arena.ts';
import type { Column } from './columns.ts';
import { type Ending, type FaultRow, numbers, served } from './fault-row.ts';

/** What came of one cell. */
export interface Played extends Outcome {
  readonly attempts: number;
  /** Of all accounts of the arena. */
  readonly state: string;
}

const lastingTimes = 1000;
let marks = 0;

/** One cell: the fault is made to happen to this question alone, as often as it is asked upstream. */
export async function playCell(arena: Arena, row: FaultRow, column: Column, times = lastingTimes): Promise<Played> {
  const { control } = arena.gateway.simulator;
  const mark = `cell-${++marks}.`;
  // Only completions hold the question.
  if (row.rule !== undefined)
    control.fault({ ...row.rule, times, ...(row.rule.route === undefined && { says: mark }) });
  const { path, body } = column.door.request(`count to ${numbers}, ${mark}`, column.form === 'streamed');
  const outcome = await readOutcome(await arena.gateway.request('POST', path, body), column.door);
  const { state } = times === 1 ? served() : row[column.form];
  return { ...outcome, attempts: arena.asked(mark).length, state: await settledState(arena, state) };
}

/** What a cell must come to, in the words of its dialect. */
export function expectedOf({ fault, inBand, text, finish = 'stop', attempts, state }: Ending, column: Column): object {
  const words: ErrorWords = fault === undefined ? { type: '–', code: '–' } : column.door.wordsOf(fault);
  const hasHead = fault !== undefined && inBand === undefined;
  return {
    status: hasHead ? fault.status : 200,
    type: words.type,
    code: words.code,
    retryAfter: hasHead && fault.retryAfter !== undefined ? expect.stringMatching(fault.retryAfter) : '–',
    shouldRetry: hasHead && fault.final ? 'false' : '–',
    text,
    finish: fault === undefined ? finish : '–',
    done: fault === undefined,
    attempts,
    state,
  };
}

/** After a stream that broke, an account's state is stored behind the caller's back. */
async function settledState(arena: Arena, expected: string): Promise<string> {
  let state = await arena.states();
  const look = async () => {
    state = await arena.states();
    if (state !== expected) throw new Error(`still ${state}`);
  };
  if (state !== expected) await vi.waitFor(look, { timeout: 3000, interval: 50 }).catch(() => undefined);
  return state;
}
