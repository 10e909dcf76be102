import * as z from 'zod/mini';
import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import { isSettingName, settings } from '../../settings.ts';
import { objectOf } from '../accounts/object-of.ts';
import type { WantedValues } from './settings-desk.ts';

/** Characters of one value. */
const longestValue = 8000;

const version = z.int().check(z.minimum(0));
const value = z.union([
  z.string().check(z.maxLength(longestValue)),
  z.number(),
  z.boolean(),
  z.array(z.string()),
  z.null(),
]);
/** `PATCH /admin/settings`. */
export const changeBody = z.strictObject({ version: z.optional(version), values: z.record(z.string(), value) });
/** `POST /admin/settings/undo`. */
export const undoBody = z.strictObject({ version });

/** @throws InvalidRequestError naming the field */
export function parseChange(body: unknown): { readonly version?: number | undefined; readonly values: WantedValues } {
  const read = z.safeParse(changeBody, objectOf(body));
  if (!read.success) throw shapeError(read.error.issues, 'version and values');
  const values = Object.fromEntries(
    Object.entries(read.data.values).map(([name, given]) => [name, textOf(name, given)]),
  );
  return { version: read.data.version, values };
}

/** @throws InvalidRequestError naming the field */
export function parseUndo(body: unknown): number {
  const read = z.safeParse(undoBody, objectOf(body));
  if (!read.success) throw shapeError(read.error.issues, 'version');
  return read.data.version;
}

/** In the form that the environment would have it. */
function textOf(name: string, given: z.infer<typeof value>): string | null {
  if (given === null) return null;
  if (Array.isArray(given)) return given.map((entry) => entry.trim()).join(',');
  const text = String(given).trim();
  return isSettingName(name) && settings[name].type === 'boolean' ? text.toLowerCase() : text;
}

function shapeError(issues: readonly z.core.$ZodIssue[], fields: string): InvalidRequestError {
  // A field that is misspelt is also one that is missing; the misspelling says more.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  if (issue?.code === 'unrecognized_keys') return problem(issue.keys[0] ?? '', `is no field; there is ${fields}`);
  const [field = '', name] = issue?.path ?? [];
  if (name !== undefined) {
    const demand = `must be a text of at most ${longestValue} characters, a number, true, false, a list of texts, or null`;
    return problem(String(name), demand);
  }
  return problem(String(field), field === 'version' ? 'must be a whole number' : 'must be an object of settings');
}

function problem(field: string, words: string): InvalidRequestError {
  return new InvalidRequestError(`'${field.slice(0, 100)}' ${words}.`, { param: field.slice(0, 100) });
}
