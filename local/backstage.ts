import { join } from 'node:path';
import type { TemplateMachine } from './assembly/state-machine-definition.ts';
import type { FunctionHost } from './front-door/function-host.ts';
import { createStepFunctionsServer } from './step-functions/api-server.ts';
import { StateMachines } from './step-functions/state-machines.ts';
import { listenOnLoopback } from './store/listen-on-loopback.ts';
import { createCallWorker } from './workers/call-worker.ts';
import { scheduleWorkers } from './workers/schedule-workers.ts';

export interface BackstageOptions {
  /** The state folder. */
  readonly folder: string;
  readonly machines: readonly TemplateMachine[];
  readonly log: (line: string) => void;
}

/** What runs without a client: state machines and schedules. */
export interface Backstage {
  /** For AWS_ENDPOINT_URL_SFN. */
  readonly stepFunctionsUrl: string;
  /** Goes on with what the last runtime left, and starts the schedules. */
  begin(functions: FunctionHost, hasAccounts: () => Promise<boolean>): Promise<void>;
  /** Stops calling functions; what runs is left for the next start. */
  suspend(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the door for functions that start executions; it must be open before the functions are.
 *
 * @throws LocalRuntimeError when a state machine can't be run here.
 */
export async function openBackstage({ folder, machines, log }: BackstageOptions): Promise<Backstage> {
  let call: ReturnType<typeof createCallWorker> | undefined;
  let endSchedules = () => {};
  const stateMachines = new StateMachines({
    folder: join(folder, 'executions'),
    machines,
    log,
    call: (functionArn, payload) => {
      if (call === undefined) throw new Error('The functions have not started yet.');
      return call(functionArn, payload);
    },
  });
  const server = createStepFunctionsServer(stateMachines);
  const port = await listenOnLoopback(server, 0);
  return {
    stepFunctionsUrl: `http://127.0.0.1:${port}`,
    async begin(functions, hasAccounts) {
      call = createCallWorker(functions);
      await stateMachines.resume();
      endSchedules = scheduleWorkers({ functions, hasAccounts, log });
    },
    async suspend() {
      endSchedules();
      await stateMachines.close();
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
