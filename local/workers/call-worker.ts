import { isWorkerName } from '../../shared/routes.ts';
import type { FunctionHost } from '../front-door/function-host.ts';
import { StateError } from '../step-functions/language/state-error.ts';
import { WorkerError } from './worker-error.ts';

/**
 * Lets state machines call workers by their ARN.
 *
 * @returns a function that throws StateError, with the error that the worker threw.
 */
export function createCallWorker(
  functions: Pick<FunctionHost, 'call'>,
): (functionArn: string, payload: unknown) => Promise<unknown> {
  return async (functionArn, payload) => {
    const name = functionArn.split(':').at(-1) ?? '';
    if (!isWorkerName(name)) throw new StateError('Lambda.ResourceNotFoundException', `There is no worker ${name}.`);
    try {
      return await functions.call(name, payload);
    } catch (error) {
      const { errorType, message } =
        error instanceof WorkerError ? error : new WorkerError('Lambda.Unknown', String(error));
      // The form that lambda:invoke gives as the cause.
      throw new StateError(errorType, JSON.stringify({ errorType, errorMessage: message }));
    }
  };
}
