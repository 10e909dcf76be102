import { isRecord } from '../../is-record.ts';
import { runtimeError, StateError } from './state-error.ts';

const step = /\.([A-Za-z_][\w-]*)|\[(\d+)\]|\['([^']+)'\]/y;

/** What paths look into: `$` is the state's data, `$$` the context of the execution. */
export interface Data {
  readonly value: unknown;
  readonly context: unknown;
}

/**
 * The steps of a reference path, as `$.a.b[0]`; filters, wildcards and intrinsic functions are no such paths.
 *
 * @returns `undefined` when it is none.
 */
export function parsePath(path: string): readonly (string | number)[] | undefined {
  const steps: (string | number)[] = [];
  step.lastIndex = path.startsWith('$$') ? 2 : 1;
  if (!path.startsWith('$')) return undefined;
  while (step.lastIndex < path.length) {
    const match = step.exec(path);
    if (match === null) return undefined;
    const [, name, index, quoted] = match;
    steps.push(index === undefined ? (name ?? quoted ?? '') : Number(index));
  }
  return steps;
}

/** @throws StateError States.Runtime when there is nothing at the path. */
export function readPath(path: string, data: Data): unknown {
  const found = findPath(path, data);
  if (found === undefined) throw runtimeError(`The path ${path} leads to nothing.`);
  return found;
}

/** @returns `undefined` when there is nothing at the path. */
export function findPath(path: string, { value, context }: Data): unknown {
  let found: unknown = path.startsWith('$$') ? context : value;
  for (const part of parsePath(path) ?? []) found = child(found, part);
  return found;
}

/** A copy of a document with a value put where the path says; objects on the way are made. */
export function writePath(path: string, document: unknown, value: unknown): unknown {
  return put(document, parsePath(path) ?? [], value, path);
}

function put(document: unknown, steps: readonly (string | number)[], value: unknown, path: string): unknown {
  const [first, ...rest] = steps;
  if (first === undefined) return value;
  if (typeof first === 'number') {
    if (!Array.isArray(document) || first >= document.length) throw runtimeError(`${path} can't be written.`);
    return document.with(first, put(document[first], rest, value, path));
  }
  if (document !== undefined && !isRecord(document)) {
    throw new StateError('States.ResultPathMatchFailure', `${path} can't be written into this input.`);
  }
  const object = document ?? {};
  return { ...object, [first]: put(child(object, first), rest, value, path) };
}

function child(value: unknown, part: string | number): unknown {
  if (typeof part === 'number') return Array.isArray(value) ? value[part] : undefined;
  return isRecord(value) && Object.hasOwn(value, part) ? value[part] : undefined;
}
