import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { StateError } from '../../../local/step-functions/language/state-error.ts';
import type { Clock } from '../../../local/step-functions/runs/clock.ts';
import { type Description, StateMachines } from '../../../local/step-functions/state-machines.ts';

export const machineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:Test';

/** A Task that calls the function `name` with the state's input. */
export function task(name: string, more: object = {}): object {
  const Parameters = { FunctionName: name, 'Payload.$': '$' };
  return { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters, ...more };
}

/** The functions of a test, by name. */
export type Functions = Readonly<Record<string, (payload: unknown, call: number) => unknown>>;

/** Time that passes as soon as somebody waits for it. */
export class EagerClock implements Clock {
  readonly waits: number[] = [];
  readonly #longest: number;
  #now = Date.UTC(2026, 10, 21);

  /** @param longest milliseconds of waits that pass; longer ones are time-outs that don't come to pass. */
  constructor(longest = 3600_000) {
    this.#longest = longest;
  }

  now(): number {
    return this.#now;
  }

  async waitUntil(time: number, signal: AbortSignal): Promise<void> {
    // Time-outs that don't come to pass are not waited for.
    if (time === Number.POSITIVE_INFINITY || time - this.#now >= this.#longest) {
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    }
    this.waits.push(time - this.#now);
    this.#now = Math.max(this.#now, time);
    await Promise.resolve();
    signal.throwIfAborted();
  }
}

export interface TestMachines {
  readonly machines: StateMachines;
  readonly clock: EagerClock;
  readonly folder: string;
  readonly log: string[];
  /** Runs the machine to its end. */
  run(input: unknown, name?: string): Promise<Description>;
}

/** State machines with one machine in them, on a folder of the test's own unless one is given. */
export async function openMachines(
  definition: object,
  functions: Functions = {},
  given?: string,
  clock = new EagerClock(),
): Promise<TestMachines> {
  const folder = given ?? (await mkdtemp(join(tmpdir(), 'qwen-gateway-machines-')));
  if (given === undefined) onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const log: string[] = [];
  const calls = new Map<string, number>();
  const machines = new StateMachines({
    folder,
    clock,
    log: (line) => log.push(line),
    machines: [{ arn: machineArn, definition: JSON.stringify(definition) }],
    call: async (name, payload) => {
      const count = (calls.get(name) ?? 0) + 1;
      calls.set(name, count);
      const call = functions[name];
      if (call === undefined) throw new StateError('Lambda.ResourceNotFoundException', name);
      return call(payload, count);
    },
  });
  await machines.resume();
  onTestFinished(() => machines.close());
  const run = async (input: unknown, name?: string) => {
    const { arn } = await machines.start(machineArn, input, name);
    return settled(machines, arn);
  };
  return { machines, clock, folder, log, run };
}

/** Waits for an execution's end. */
export async function settled(machines: StateMachines, arn: string): Promise<Description> {
  for (;;) {
    const description = machines.describe(arn);
    if (description.end !== undefined) return description;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** One state, from the start to the end. */
export function only(state: object): object {
  return { StartAt: 'One', States: { One: { ...state, ...('Next' in state ? {} : { End: true }) } } };
}
