import { ConfigurationError, StoreUnavailableError } from '../store/store-errors.ts';
import type { Job } from './job.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Which execution of the state machine: the attempt is part of its name, so that starting one twice is one. */
export type JobRun = Pick<Job, 'key' | 'attempt'>;

/** The executions of the state machine that VIDEO_MACHINE_ARN names. The SDK is loaded with the first one. */
export class JobRuns {
  readonly #environment: Environment;

  /** The SDK itself reads the region, the credentials and AWS_ENDPOINT_URL_SFN. */
  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /**
   * Sees to it that the execution is there; while it runs, nothing else happens.
   *
   * @returns false when it has run and ended.
   * @throws StoreUnavailableError
   */
  async start({ key, attempt }: JobRun): Promise<boolean> {
    const stateMachineArn = this.#machineArn();
    const { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } = await import('@aws-sdk/client-sfn');
    const client = new SFNClient({ maxAttempts: 3 });
    const input = JSON.stringify({ callerId: key.callerId, jobId: key.id, step: { looks: 0 } });
    try {
      await client.send(new StartExecutionCommand({ stateMachineArn, name: `${key.id}-${attempt}`, input }));
      return true;
    } catch (cause) {
      if (cause instanceof ExecutionAlreadyExists) return false;
      throw unavailable(cause);
    } finally {
      client.destroy();
    }
  }

  #machineArn(): string {
    const arn = this.#environment.VIDEO_MACHINE_ARN;
    if (arn === undefined || arn === '') throw new ConfigurationError('VIDEO_MACHINE_ARN is not set.');
    return arn;
  }
}

function unavailable(cause: unknown): StoreUnavailableError {
  const kind = cause instanceof Error ? cause.name : 'unknown error';
  return new StoreUnavailableError(`The state machine of videos can't be reached just now (${kind}). Try again.`, {
    cause,
  });
}
