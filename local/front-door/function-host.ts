import type { LambdaFunctionURLEvent } from 'aws-lambda';
import type { FunctionName, WorkerName } from '../../shared/routes.ts';
import type { Answer } from './answer.ts';

/** Where functions run. */
export interface FunctionHost {
  /** Never throws: what goes wrong is told to the client through the answer. */
  invoke(name: FunctionName, event: LambdaFunctionURLEvent, answer: Answer): void;
  /**
   * Calls a worker and waits for its result, both of them JSON values.
   *
   * @throws WorkerError
   */
  call(name: WorkerName, event: unknown): Promise<unknown>;
  /** Waits a bounded time for what runs, then ends it. */
  close(): Promise<void>;
}
