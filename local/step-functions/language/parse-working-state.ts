import { LocalRuntimeError } from '../../local-runtime-error.ts';
import type { Catcher, MapState, Retrier, StateGroup, TaskState } from './definition.ts';
import { Fields } from './fields.ts';

const functionCall = /^arn:[\w-]+:states:::lambda:invoke$/;

type WithoutFlow<State> = Omit<State, 'inputPath' | 'outputPath' | 'next'>;

/** Reads a Task. Its only resource is `lambda:invoke`, whose Parameters name the function. */
export function parseTask(name: string, fields: Fields): WithoutFlow<TaskState> {
  const resource = fields.required('Resource');
  if (!functionCall.test(resource)) {
    throw new LocalRuntimeError(`The state ${name} of a state machine needs ${resource}, which can't be had locally.`);
  }
  return { type: 'Task', timeoutSeconds: fields.number('TimeoutSeconds'), ...working(fields) };
}

/** @param parseGroup reads the states that run for each item. */
export function parseMap(fields: Fields, parseGroup: (fields: Fields) => StateGroup): WithoutFlow<MapState> {
  const processor = new Fields('The item processor', fields.any('ItemProcessor'));
  const config = new Fields('The processor configuration', processor.any('ProcessorConfig') ?? {});
  if ((config.text('Mode') ?? 'INLINE') !== 'INLINE') {
    throw new LocalRuntimeError('A state machine has a distributed map, which can’t be run locally.');
  }
  const group = parseGroup(processor);
  config.end();
  processor.end();
  return {
    type: 'Map',
    itemsPath: fields.path('ItemsPath') ?? '$',
    itemSelector: fields.template('ItemSelector'),
    maxConcurrency: fields.number('MaxConcurrency') ?? 0,
    maxConcurrencyPath: fields.path('MaxConcurrencyPath'),
    processor: group,
    ...working(fields),
  };
}

function working(fields: Fields) {
  return {
    parameters: fields.template('Parameters'),
    resultSelector: fields.template('ResultSelector'),
    resultPath: fields.flowPath('ResultPath'),
    retriers: fields.list('Retry').map(parseRetrier),
    catchers: fields.list('Catch').map(parseCatcher),
  };
}

function parseRetrier(given: unknown): Retrier {
  const fields = new Fields('A retrier', given);
  const retrier = {
    errors: fields.texts('ErrorEquals'),
    intervalSeconds: fields.number('IntervalSeconds') ?? 1,
    maxAttempts: fields.number('MaxAttempts') ?? 3,
    backoffRate: fields.number('BackoffRate') ?? 2,
    maxDelaySeconds: fields.number('MaxDelaySeconds') ?? Number.POSITIVE_INFINITY,
    jitter: fields.text('JitterStrategy') === 'FULL',
  };
  fields.end();
  return retrier;
}

function parseCatcher(given: unknown): Catcher {
  const fields = new Fields('A catcher', given);
  const catcher = {
    errors: fields.texts('ErrorEquals'),
    next: fields.required('Next'),
    resultPath: fields.flowPath('ResultPath'),
  };
  fields.end();
  return catcher;
}
