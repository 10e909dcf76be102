import { createStartExecution } from '../runs/start-execution.ts';
import type { ResponseKey } from './response-store.ts';

/** Starts the worker of a response in the background; the same one twice is one run. @throws StoreUnavailableError */
export type StartRun = (key: ResponseKey) => Promise<void>;

/** Starts runs of the state machine named by RESPONSE_MACHINE_ARN. */
export function createStartRun(environment: Readonly<Record<string, string | undefined>>): StartRun {
  const start = createStartExecution(environment, 'RESPONSE_MACHINE_ARN');
  return ({ callerId, id }) => start({ name: id, input: { callerId, responseId: id }, words: 'The response' });
}
