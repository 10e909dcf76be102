import { holds } from '../language/choice-rule.ts';
import type { ChoiceState, FailState, PassState, State, WaitState } from '../language/definition.ts';
import { type Data, readPath, writePath } from '../language/path.ts';
import { fillTemplate } from '../language/payload-template.ts';
import { runtimeError, StateError } from '../language/state-error.ts';

/** A state's effective input. */
export function selectInput(state: Exclude<State, FailState>, { value, context }: Data): unknown {
  return state.inputPath === null ? {} : readPath(state.inputPath, { value, context });
}

/** What a state gives on, after its own output path. */
export function selectOutput(outputPath: string | null, { value, context }: Data): unknown {
  return outputPath === null ? {} : readPath(outputPath, { value, context });
}

/** Puts a result into the raw input. */
export function mergeResult(resultPath: string | null, rawInput: unknown, result: unknown): unknown {
  return resultPath === null ? rawInput : writePath(resultPath, rawInput, result);
}

/** What a Pass gives on. */
export function passOn(state: PassState, rawInput: unknown, data: Data): unknown {
  const filled = state.parameters === undefined ? data.value : fillTemplate(state.parameters, data);
  return mergeResult(state.resultPath, rawInput, state.result ?? filled);
}

/** When a Wait is over, in epoch milliseconds. */
export function wakeTime(state: WaitState, data: Data, now: number): number {
  const { seconds, secondsPath, timestamp, timestampPath } = state;
  const until = timestampPath === undefined ? timestamp : readPath(timestampPath, data);
  if (until !== undefined) return numberOr(Date.parse(String(until)), 'timestamp');
  const length = secondsPath === undefined ? seconds : readPath(secondsPath, data);
  return now + numberOr(length, 'number of seconds') * 1000;
}

/** Where a Choice goes. */
export function choose(state: ChoiceState, data: Data): string {
  const next = state.choices.find(({ rule }) => holds(rule, data))?.next ?? state.fallback;
  if (next === undefined) throw new StateError('States.NoChoiceMatched', 'No rule holds, and there is no default.');
  return next;
}

/** The failure that a Fail makes. */
export function failureOf(state: FailState, data: Data): StateError {
  const { error = '', errorPath, cause = '', causePath } = state;
  return new StateError(
    errorPath === undefined ? error : String(readPath(errorPath, data)),
    causePath === undefined ? cause : String(readPath(causePath, data)),
  );
}

function numberOr(value: unknown, what: string): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  throw runtimeError(`${JSON.stringify(value)} is no ${what}.`);
}
