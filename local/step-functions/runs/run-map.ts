import type { MapState } from '../language/definition.ts';
import { type Data, readPath } from '../language/path.ts';
import { fillTemplate } from '../language/payload-template.ts';
import { runtimeError } from '../language/state-error.ts';
import type { RunEnvironment } from './environment.ts';
import { GroupRun } from './group-run.ts';

/** An inline map without a limit of its own runs so many at once on AWS. */
const mostAtOnce = 40;

/**
 * Runs a Map's states for each item, a limited number at once.
 *
 * @param path of this visit of the Map; its groups are below it.
 * @returns the outputs in the order of the items.
 * @throws StateError of the first item that fails; the others are given up then.
 */
export async function runMap(
  state: MapState,
  data: Data,
  path: string,
  environment: RunEnvironment,
  signal: AbortSignal,
): Promise<readonly unknown[]> {
  const items = readPath(state.itemsPath, data);
  if (!Array.isArray(items)) throw runtimeError(`${state.itemsPath} is no list.`);
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const outputs: unknown[] = [];
  const waiting = items.entries();
  const runItem = async (index: number, value: unknown) => {
    const item = { Index: index, Value: value };
    const group = new GroupRun(state.processor, `${path}/${index}`, environment, either, item);
    outputs[index] = await group.run(inputOf(state, data, item));
  };
  const worker = async () => {
    for (const [index, value] of waiting) await runItem(index, value);
  };
  const workers = Array.from({ length: Math.min(concurrency(state, data), items.length) }, () =>
    worker().catch((error: unknown) => {
      failed.abort(error);
      throw error;
    }),
  );
  await Promise.allSettled(workers);
  await Promise.all(workers);
  failed.signal.throwIfAborted();
  return outputs;
}

function inputOf(state: MapState, { value, context }: Data, item: { Index: number; Value: unknown }): unknown {
  if (state.itemSelector === undefined) return item.Value;
  const itemContext = { ...(typeof context === 'object' ? context : {}), Map: { Item: item } };
  return fillTemplate(state.itemSelector, { value, context: itemContext });
}

function concurrency(state: MapState, data: Data): number {
  const { maxConcurrency, maxConcurrencyPath } = state;
  const wanted = maxConcurrencyPath === undefined ? maxConcurrency : readPath(maxConcurrencyPath, data);
  if (typeof wanted !== 'number' || !Number.isInteger(wanted) || wanted < 0) {
    throw runtimeError(`${JSON.stringify(wanted)} is no number of items to run at once.`);
  }
  return wanted === 0 ? mostAtOnce : wanted;
}
