import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DeployedName } from '../../shared/routes.ts';

/** What a bundle exports: it takes event, response stream and context, or, in a worker, event and context. */
export type Handler = (...parameters: readonly unknown[]) => unknown;

/**
 * Imports a function's bundle.
 *
 * @param folder holds `<name>/index.mjs` for every function.
 * @param instance makes the module a new one: bundles read `process.env` when they are imported, so every runtime of a
 * process needs its own copy.
 * @throws Error when there is no bundle, its code fails, or it exports no `handler`.
 */
export async function loadHandler(folder: string, name: DeployedName, instance: number): Promise<Handler> {
  const url = pathToFileURL(join(folder, name, 'index.mjs'));
  url.searchParams.set('runtime', String(instance));
  const bundle: unknown = await import(url.href);
  if (typeof bundle === 'object' && bundle !== null && 'handler' in bundle && isHandler(bundle.handler))
    return bundle.handler;
  throw new Error(`The bundle of ${name} exports no handler.`);
}

function isHandler(value: unknown): value is Handler {
  return typeof value === 'function';
}
