import { InvalidRequestError, UnsupportedParameterError } from '../../chat/errors/request-errors.ts';
import { fieldPath } from '../field-path.ts';
import { camelKey } from './camel-keys.ts';

/**
 * An error about a field, with the field as the client wrote it: the body was read in one spelling, whatever it came in.
 *
 * @param body as it came.
 */
export function inClientSpelling(error: InvalidRequestError, body: unknown): InvalidRequestError {
  const { param, message } = error;
  if (param === undefined) return error;
  const spelled = spell(param, body);
  if (spelled === param) return error;
  const Kind = error instanceof UnsupportedParameterError ? UnsupportedParameterError : InvalidRequestError;
  return new Kind(message.replaceAll(`'${param}'`, `'${spelled}'`), { param: spelled });
}

function spell(param: string, body: unknown): string {
  const path: (string | number)[] = [];
  let value: unknown = body;
  for (const step of param.match(/[^.[\]]+/g) ?? []) {
    const isIndex = /^\d+$/.test(step);
    // A single object where the reader has made a list of it.
    if (isIndex && isObject(value) && !Array.isArray(value)) continue;
    const key = isIndex ? Number(step) : keyAs(step, value);
    path.push(key);
    value = isObject(value) ? Reflect.get(value, key) : undefined;
  }
  return fieldPath(path);
}

function keyAs(name: string, value: unknown): string {
  if (!isObject(value) || Object.hasOwn(value, name)) return name;
  return Object.keys(value).find((key) => camelKey(key) === name) ?? name;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
