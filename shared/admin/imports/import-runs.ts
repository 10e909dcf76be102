import { ConfigurationError, StoreUnavailableError } from '../../store/store-errors.ts';

/** What a run of the state machine begins with: never a secret. */
export interface ImportRun {
  readonly importId: string;
  readonly items: readonly number[];
  readonly maxConcurrency: number;
}

/** Starts a run; the same one twice is one run. @throws StoreUnavailableError */
export type StartRun = (run: ImportRun) => Promise<void>;

/**
 * Starts runs of the state machine named by IMPORT_MACHINE_ARN. The SDK itself reads the region, the credentials and
 * AWS_ENDPOINT_URL_SFN; it is loaded with the first run, as nothing else needs it.
 */
export function createStartRun(env: Readonly<Record<string, string | undefined>>): StartRun {
  return async (run) => {
    const stateMachineArn = env.IMPORT_MACHINE_ARN;
    if (stateMachineArn === undefined || stateMachineArn === '') {
      throw new ConfigurationError('IMPORT_MACHINE_ARN is not set.');
    }
    const { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } = await import('@aws-sdk/client-sfn');
    const client = new SFNClient({ maxAttempts: 3 });
    try {
      await client.send(new StartExecutionCommand({ stateMachineArn, name: run.importId, input: JSON.stringify(run) }));
    } catch (cause) {
      if (cause instanceof ExecutionAlreadyExists) return;
      const kind = cause instanceof Error ? cause.name : 'unknown error';
      throw new StoreUnavailableError(`The import could not be started (${kind}). Try again.`, { cause });
    } finally {
      client.destroy();
    }
  };
}
