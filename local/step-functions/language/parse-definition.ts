import { isRecord } from '../../is-record.ts';
import { LocalRuntimeError } from '../../local-runtime-error.ts';
import { isKnownRule } from './choice-rule.ts';
import type { ChoiceState, Definition, FailState, State, StateGroup, WaitState } from './definition.ts';
import { Fields } from './fields.ts';
import { parseMap, parseTask } from './parse-working-state.ts';

/**
 * Reads a definition strictly: what the interpreter does not know is refused before anything runs.
 *
 * @param text JSON.
 * @throws LocalRuntimeError naming the state.
 */
export function parseDefinition(text: string): Definition {
  const content: unknown = JSON.parse(text);
  const fields = new Fields('The top', content);
  const timeoutSeconds = fields.number('TimeoutSeconds');
  fields.text('Version');
  const group = parseGroup(fields);
  fields.end();
  return { ...group, timeoutSeconds };
}

/** Reads `StartAt` and `States`. */
export function parseGroup(fields: Fields): StateGroup {
  const startAt = fields.required('StartAt');
  const given = fields.any('States');
  const states = new Map(
    Object.entries(isRecord(given) ? given : {}).map(([name, state]) => [name, parseState(name, state)] as const),
  );
  for (const target of [startAt, ...[...states.values()].flatMap(targetsOf)]) {
    if (!states.has(target)) throw new LocalRuntimeError(`A state machine goes to ${target}, which it does not have.`);
  }
  return { startAt, states };
}

function parseState(name: string, given: unknown): State {
  const fields = new Fields(`The state ${name}`, given);
  const state = readState(name, fields);
  fields.end();
  return state;
}

function readState(name: string, fields: Fields): State {
  const type = fields.required('Type');
  switch (type) {
    case 'Pass':
      return {
        type,
        ...flow(fields),
        parameters: fields.template('Parameters'),
        result: fields.any('Result'),
        resultPath: fields.flowPath('ResultPath'),
      };
    case 'Wait':
      return parseWait(fields);
    case 'Choice':
      return parseChoice(name, fields);
    case 'Task':
      return { ...parseTask(name, fields), ...flow(fields) };
    case 'Map':
      return { ...parseMap(fields, parseGroup), ...flow(fields) };
    case 'Succeed':
      return { type, inputPath: fields.flowPath('InputPath'), outputPath: fields.flowPath('OutputPath') };
    case 'Fail':
      return parseFail(fields);
    default:
      throw new LocalRuntimeError(`The state ${name} of a state machine is a ${type}, which can't be run locally.`);
  }
}

function parseWait(fields: Fields): WaitState {
  return {
    type: 'Wait',
    ...flow(fields),
    seconds: fields.number('Seconds'),
    secondsPath: fields.path('SecondsPath'),
    timestamp: fields.text('Timestamp'),
    timestampPath: fields.path('TimestampPath'),
  };
}

function parseFail(fields: Fields): FailState {
  return {
    type: 'Fail',
    error: fields.text('Error'),
    errorPath: fields.path('ErrorPath'),
    cause: fields.text('Cause'),
    causePath: fields.path('CausePath'),
  };
}

function flow(fields: Fields): {
  readonly inputPath: string | null;
  readonly outputPath: string | null;
  readonly next: string | undefined;
} {
  const inputPath = fields.flowPath('InputPath');
  const outputPath = fields.flowPath('OutputPath');
  return { inputPath, outputPath, next: fields.any('End') === true ? undefined : fields.required('Next') };
}

function parseChoice(name: string, fields: Fields): ChoiceState {
  const choices = fields.list('Choices').map((given) => {
    if (!isKnownRule(given) || typeof given.Next !== 'string') {
      throw new LocalRuntimeError(`The state ${name} of a state machine has a rule that can't be judged locally.`);
    }
    return { rule: given, next: given.Next };
  });
  const [inputPath, outputPath] = [fields.flowPath('InputPath'), fields.flowPath('OutputPath')];
  return { type: 'Choice', choices, fallback: fields.text('Default'), inputPath, outputPath };
}

function targetsOf(state: State): readonly string[] {
  if (state.type === 'Choice') return [...state.choices.map(({ next }) => next), state.fallback ?? []].flat();
  const next = 'next' in state && state.next !== undefined ? [state.next] : [];
  return 'catchers' in state ? [...next, ...state.catchers.map((catcher) => catcher.next)] : next;
}
