import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Gateway } from '../contenders/gateway.ts';
import type { Job } from '../load/job.ts';
import type { LoadGenerator } from '../load/load-generator.ts';
import { firstMessage } from '../programs/start-program.ts';

const countsSchema = z.record(z.string(), z.number());
/** Longer than the gateway keeps a place after its last use, so that giving it back is counted too. */
const settleMilliseconds = 3000;

/** What was asked, and the calls of DynamoDB for each request, by their names as in `UpdateItem`. */
export interface StoreCalls {
  readonly what: string;
  readonly requests: number;
  readonly perRequest: Readonly<Record<string, number>>;
}

/** @param child a process that `count-store-calls.ts` was loaded into. @returns its calls so far. */
export async function readStoreCalls(child: ChildProcess): Promise<Readonly<Record<string, number>>> {
  const answered = firstMessage(child, 'The gateway');
  child.send('store calls');
  const [message]: unknown[] = await answered;
  return countsSchema.parse(message);
}

/** Counts what requests of different kinds cost at the table, until everything that follows them is over. */
export async function countStoreCalls(load: LoadGenerator, gateway: Gateway): Promise<readonly StoreCalls[]> {
  const { url, headers, pid } = gateway;
  const target = { url, headers: { ...headers }, pid };
  const saturated = (questions: number, atOnce: number): Job => ({
    kind: 'saturated',
    target,
    questions,
    atOnce,
    chunks: 10,
  });
  // The load generator adds two seconds.
  const slow = (streams: number): Job => ({
    kind: 'open-streams',
    target,
    streams,
    intervalMilliseconds: 50,
    seconds: 1,
  });
  const situations = [
    { what: 'short answers, one after the other', requests: 200, jobs: [saturated(200, 1)] },
    { what: 'answers of 3 s, one after the other', requests: 4, jobs: Array.from({ length: 4 }, () => slow(1)) },
    { what: 'short answers, 32 at once', requests: 1500, jobs: [saturated(1500, 32)] },
    { what: 'answers of 3 s, 200 at once', requests: 200, jobs: [slow(200)] },
  ];
  const counted: StoreCalls[] = [];
  for (const { what, requests, jobs } of situations) {
    const before = await gateway.storeCalls();
    for (const job of jobs) await load.run(job);
    await pause(settleMilliseconds);
    const after = Object.entries(await gateway.storeCalls());
    const perRequest = after.map(([name, count]) => [name, (count - (before[name] ?? 0)) / requests]);
    counted.push({ what, requests, perRequest: Object.fromEntries(perRequest) });
  }
  return counted;
}
