import { isRecord } from '../../is-record.ts';
import type { TaskState } from '../language/definition.ts';
import type { Data } from '../language/path.ts';
import { fillTemplate } from '../language/payload-template.ts';
import { runtimeError, StateError } from '../language/state-error.ts';
import type { Clock } from './clock.ts';
import type { RunEnvironment } from './environment.ts';

/**
 * Calls the function of a Task.
 *
 * @returns the result as `lambda:invoke` gives it.
 * @throws StateError; the signal's reason when it aborts. The function runs on then, as on AWS.
 */
export async function runTask(
  state: TaskState,
  data: Data,
  { call, clock }: RunEnvironment,
  signal: AbortSignal,
): Promise<unknown> {
  const parameters = state.parameters === undefined ? data.value : fillTemplate(state.parameters, data);
  if (!isRecord(parameters) || typeof parameters.FunctionName !== 'string') {
    throw runtimeError('A task names no function.');
  }
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  try {
    const payload = await Promise.race([
      call(parameters.FunctionName, parameters.Payload ?? {}),
      timeOut(state.timeoutSeconds, clock, either),
    ]);
    return { ExecutedVersion: '$LATEST', Payload: payload, StatusCode: 200 };
  } finally {
    over.abort();
  }
}

/** Never resolves. */
async function timeOut(seconds: number | undefined, clock: Clock, signal: AbortSignal): Promise<never> {
  await clock.waitUntil(seconds === undefined ? Number.POSITIVE_INFINITY : clock.now() + seconds * 1000, signal);
  throw new StateError('States.Timeout', `The task took longer than ${seconds} seconds.`);
}
