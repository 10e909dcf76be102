import { isWorkerName, type WorkerName, type WorkerSpec, workers } from '../../shared/routes.ts';
import type { FunctionHost } from '../front-door/function-host.ts';

export interface ScheduleOptions {
  readonly functions: Pick<FunctionHost, 'call'>;
  /** Whether there is an account that a worker could do something for. */
  readonly hasAccounts: () => Promise<boolean>;
  readonly log: (line: string) => void;
  /** Minutes in milliseconds, for tests. */
  readonly minute?: number;
}

/**
 * Runs the workers that have a schedule, as EventBridge would: one run of each at a time, and none while there is no
 * account.
 *
 * @returns ends the schedules.
 */
export function scheduleWorkers(options: ScheduleOptions): () => void {
  const { minute = 60_000 } = options;
  const timers = Object.keys(workers)
    .filter(isWorkerName)
    .flatMap((name) => {
      const { schedule }: WorkerSpec = workers[name];
      return schedule === undefined
        ? []
        : [setInterval(createRun(name, options), schedule.everyMinutes * minute).unref()];
    });
  return () => timers.forEach(clearInterval);
}

function createRun(name: WorkerName, { functions, hasAccounts, log }: ScheduleOptions): () => void {
  let running = false;
  const run = async () => {
    if (!(await hasAccounts())) return;
    await functions.call(name, { source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} });
  };
  return () => {
    if (running) return;
    running = true;
    run()
      .catch((error: unknown) => log(`The scheduled run of ${name} failed: ${String(error)}`))
      .finally(() => {
        running = false;
      });
  };
}
