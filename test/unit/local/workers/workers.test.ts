import { describe, expect, it, onTestFinished } from 'vitest';
import type { FunctionHost } from '../../../../local/front-door/function-host.ts';
import { InProcessHost } from '../../../../local/in-process/in-process-host.ts';
import { LambdaHost } from '../../../../local/lambda/lambda-host.ts';
import { createCallWorker } from '../../../../local/workers/call-worker.ts';
import { scheduleWorkers } from '../../../../local/workers/schedule-workers.ts';
import { WorkerError } from '../../../../local/workers/worker-error.ts';
import type { WorkerName } from '../../../../shared/routes.ts';
import { writeFunction } from '../front-door/in-process-door.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const name: WorkerName = 'import-account';
const code = `
  export const handler = async (event, context) => {
    if (event.fail) throw new RangeError(event.fail);
    if (event.die) process.exit(3);
    if (event.nothing) return undefined;
    if (event.hang) await new Promise(() => {});
    return { event, name: context.functionName, left: context.getRemainingTimeInMillis() > 0 };
  };`;

const hosts = {
  'in process': (folder: string): FunctionHost => new InProcessHost(folder, () => {}),
  'over the Runtime API': (folder: string): FunctionHost =>
    new LambdaHost({
      folder,
      variables: {},
      log: () => {},
      specs: { [name]: { description: '', memoryMegabytes: 128, timeoutSeconds: 1 } },
    }),
};

async function openHost(kind: keyof typeof hosts, source = code): Promise<FunctionHost> {
  const folder = await temporaryFolder();
  await writeFunction(folder, name, source);
  const host = hosts[kind](folder);
  onTestFinished(() => host.close());
  return host;
}

describe.each(['in process', 'over the Runtime API'] as const)('a worker %s', { timeout: 30_000 }, (kind) => {
  it('gets its event and gives its result, as JSON', async () => {
    const host = await openHost(kind);
    const event = { list: [1, { a: null }], gone: undefined };
    expect(await host.call(name, event)).toEqual({ event: { list: [1, { a: null }] }, name, left: true });
    expect(await host.call(name, { nothing: true })).toBeNull();
  });

  it('tells its error by name and message, and lives on', async () => {
    const host = await openHost(kind);
    const failing = host.call(name, { fail: 'too far' });
    await expect(failing).rejects.toMatchObject({ errorType: 'RangeError', message: 'too far' });
    await expect(failing).rejects.toBeInstanceOf(WorkerError);
    expect(await host.call(name, { a: 1 })).toMatchObject({ event: { a: 1 } });
  });
});

describe('a worker in an environment of its own', { timeout: 30_000 }, () => {
  it('that dies, hangs or can’t be loaded is told as Lambda tells it', async () => {
    const host = await openHost('over the Runtime API');
    await expect(host.call(name, { die: true })).rejects.toMatchObject({ errorType: 'Runtime.ExitError' });
    await expect(host.call(name, { hang: true })).rejects.toMatchObject({ errorType: 'Sandbox.Timedout' });
    expect(await host.call(name, {})).toMatchObject({ name });
    const broken = await openHost('over the Runtime API', 'throw new TypeError("at import");');
    await expect(broken.call(name, {})).rejects.toMatchObject({ message: expect.stringContaining('at import') });
  });
});

describe('state machines', () => {
  it('call workers by ARN and get their errors by name', async () => {
    const call = createCallWorker(await openHost('in process'));
    const arn = `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
    expect(await call(arn, { a: 1 })).toMatchObject({ event: { a: 1 } });
    await expect(call(arn, { fail: 'x' })).rejects.toMatchObject({
      error: 'RangeError',
      message: JSON.stringify({ errorType: 'RangeError', errorMessage: 'x' }),
    });
    await expect(call('arn:aws:lambda:us-east-1:0:function:models', {})).rejects.toMatchObject({
      error: 'Lambda.ResourceNotFoundException',
    });
  });
});

describe('schedules', () => {
  /** Schedules whose minutes are milliseconds, and the runs they begin. */
  function openSchedules(hasAccounts: () => Promise<boolean>) {
    const runs: WorkerName[] = [];
    const waiting = new Set<() => void>();
    const lines: string[] = [];
    const wake = () => {
      for (const look of waiting) look();
    };
    const end = scheduleWorkers({
      minute: 1,
      hasAccounts: () => hasAccounts().finally(() => setImmediate(wake)),
      log: (line) => {
        lines.push(line);
        wake();
      },
      functions: {
        call: async (worker) => {
          runs.push(worker);
          wake();
          throw new WorkerError('Bad', 'luck');
        },
      },
    });
    onTestFinished(end);
    const until = (condition: () => boolean) =>
      new Promise<void>((resolve) => {
        const look = () => condition() && resolve();
        waiting.add(look);
        look();
      });
    return { runs, lines, until, end };
  }

  it('run each worker that has one, again and again, whatever becomes of it', async () => {
    const { runs, lines, until } = openSchedules(async () => true);
    const count = (worker: WorkerName) => runs.filter((run) => run === worker).length;
    await until(() => count('refresh-accounts') >= 2 && count('alert-owner') >= 2 && lines.length >= 4);
    expect(runs).not.toContain('import-account');
    expect(lines[0]).toContain('luck');
  });

  it('run nothing while there is no account, and begin when there is one', async () => {
    let looks = 0;
    let isThere = false;
    const { runs, until } = openSchedules(async () => {
      looks += 1;
      return isThere;
    });
    await until(() => looks >= 5);
    expect(runs).toEqual([]);
    isThere = true;
    await until(() => runs.length > 0);
  });
});
