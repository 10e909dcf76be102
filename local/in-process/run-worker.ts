import { randomUUID } from 'node:crypto';
import { deployedFunctions, type WorkerName } from '../../shared/routes.ts';
import { WorkerError } from '../workers/worker-error.ts';
import { InvocationContext } from './invocation-context.ts';
import type { Handler } from './load-handler.ts';

/**
 * Calls a worker in this process, with Lambda's rules: event and result travel as JSON, and there is a time-out. A worker
 * that hangs can't be ended here; its result is only not waited for.
 *
 * @throws WorkerError
 */
export async function runWorker(name: WorkerName, handler: Handler, event: unknown): Promise<unknown> {
  const { timeoutSeconds } = deployedFunctions[name];
  const { promise: expiry, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new WorkerError('Sandbox.Timedout', `Task timed out after ${timeoutSeconds} seconds`)),
    timeoutSeconds * 1000,
  );
  try {
    const running = Promise.resolve(handler(asJson(event), new InvocationContext(name, randomUUID())));
    return asJson(await Promise.race([running, expiry]));
  } catch (error) {
    if (error instanceof WorkerError) throw error;
    throw error instanceof Error ? new WorkerError(error.name, error.message) : new WorkerError('Error', String(error));
  } finally {
    clearTimeout(timer);
  }
}

function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null));
}
