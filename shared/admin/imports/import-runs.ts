import { createStartExecution } from '../../runs/start-execution.ts';

/** What a run of the state machine begins with: never a secret. */
export interface ImportRun {
  readonly importId: string;
  readonly items: readonly number[];
  readonly maxConcurrency: number;
}

/** Starts a run; the same one twice is one run. @throws StoreUnavailableError */
export type StartRun = (run: ImportRun) => Promise<void>;

/** Starts runs of the state machine named by IMPORT_MACHINE_ARN. */
export function createStartRun(environment: Readonly<Record<string, string | undefined>>): StartRun {
  const start = createStartExecution(environment, 'IMPORT_MACHINE_ARN');
  return (run) => start({ name: run.importId, input: run, words: 'The import' });
}
