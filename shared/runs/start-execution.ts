import { ConfigurationError, StoreUnavailableError } from '../store/store-errors.ts';

/** One run of a state machine. */
export interface Execution {
  /** A second run of the same name is the first one. */
  readonly name: string;
  /** What it begins with, as JSON: never a secret. */
  readonly input: object;
  /** How errors call it. */
  readonly words: string;
}

/** Starts a run; the same one twice is one run. @throws ConfigurationError, StoreUnavailableError */
export type StartExecution = (execution: Execution) => Promise<void>;

/**
 * Starts runs of one state machine. The SDK itself reads the region, the credentials and AWS_ENDPOINT_URL_SFN; it is
 * loaded with the first run, as nothing else needs it.
 *
 * @param variable names the variable that holds the state machine's ARN.
 */
export function createStartExecution(
  environment: Readonly<Record<string, string | undefined>>,
  variable: string,
): StartExecution {
  return async ({ name, input, words }) => {
    const stateMachineArn = environment[variable];
    if (stateMachineArn === undefined || stateMachineArn === '')
      throw new ConfigurationError(`${variable} is not set.`);
    const { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } = await import('@aws-sdk/client-sfn');
    const client = new SFNClient({ maxAttempts: 3 });
    try {
      await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
    } catch (cause) {
      if (cause instanceof ExecutionAlreadyExists) return;
      const kind = cause instanceof Error ? cause.name : 'unknown error';
      throw new StoreUnavailableError(`${words} could not be started (${kind}). Try again.`, { cause });
    } finally {
      client.destroy();
    }
  };
}
