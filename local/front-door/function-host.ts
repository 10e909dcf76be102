import type { LambdaFunctionURLEvent } from 'aws-lambda';
import type { FunctionName } from '../../shared/routes.ts';
import type { Answer } from './answer.ts';

/** Where functions run. It never throws: what goes wrong is told to the client through the answer. */
export interface FunctionHost {
  invoke(name: FunctionName, event: LambdaFunctionURLEvent, answer: Answer): void;
  /** Waits a bounded time for what runs, then ends it. */
  close(): Promise<void>;
}
