import * as z from 'zod/mini';
import { conversationModes } from '../../chat/conversation-mode.ts';
import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import { routeGroups } from '../../routes/route-groups.ts';
import { objectOf } from '../accounts/object-of.ts';
import type { KeyFields } from './key-desk.ts';
import { limitsBody, limitsDemand, readKeyLimits } from './key-limits.ts';

const mostModels = 100;

/** Strict: a limit that is misspelt would be none. */
export const keyBody = z.strictObject({
  name: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(100))),
  role: z.optional(z.enum(['admin', 'user'])),
  expires_at: z.nullish(z.iso.datetime({ offset: true })),
  models: z.nullish(z.array(z.string().check(z.regex(/^(?=.)[\w.:/@ -]{0,100}\*?$/))).check(z.maxLength(mostModels))),
  routes: z.nullish(z.array(z.enum(routeGroups))),
  conversations: z.nullish(z.enum(conversationModes)),
  limits: z.nullish(limitsBody),
});

const demands: Readonly<Record<string, string>> = {
  name: 'must be a text of 1 to 100 characters',
  role: 'must be admin or user',
  expires_at: 'must be a time as 2027-01-31T12:00:00Z, or null',
  models: `must be a list of at most ${mostModels} names of models, each with * at its end for any further text`,
  routes: `must be a list of ${routeGroups.join(', ')}`,
  conversations: `must be one of ${conversationModes.join(', ')}, or null`,
  limits: limitsDemand,
};

/**
 * Reads what the owner says of a key. `null` and empty lists take a limit away.
 *
 * @param now epoch milliseconds.
 * @throws InvalidRequestError naming the field, also one that there is not.
 */
export function parseKey(body: unknown, now: number): KeyFields {
  const read = z.safeParse(keyBody, objectOf(body));
  if (!read.success) throw shapeError(read.error.issues[0]);
  const { expires_at: expires, ...fields } = read.data;
  const expiresAt = expires === undefined || expires === null ? undefined : Date.parse(expires);
  if (expiresAt !== undefined && expiresAt <= now) throw problem('expires_at', 'must lie in the future');
  return {
    ...(fields.name !== undefined && { name: fields.name }),
    ...(fields.role !== undefined && { role: fields.role }),
    ...(expires !== undefined && { expiresAt }),
    ...(fields.models !== undefined && { models: limitOf(fields.models) }),
    ...(fields.routes !== undefined && { routes: limitOf(fields.routes) }),
    ...(fields.conversations !== undefined && { conversations: fields.conversations ?? undefined }),
    ...(fields.limits !== undefined && { limits: readKeyLimits(fields.limits) }),
  };
}

function limitOf<Entry>(list: readonly Entry[] | null): readonly Entry[] | undefined {
  return list === null || list.length === 0 ? undefined : [...new Set(list)];
}

function shapeError(issue: z.core.$ZodIssue | undefined): InvalidRequestError {
  if (issue?.code === 'unrecognized_keys') {
    const path = [...issue.path, issue.keys[0] ?? ''].join('.');
    if (issue.path.length > 0) return problem(path, `is no limit of a key. 'limits' ${limitsDemand}`);
    return problem(path, `is no field of a key; there are ${Object.keys(demands).join(', ')}`);
  }
  const field = String(issue?.path[0] ?? '');
  return problem(field === 'limits' ? (issue?.path.join('.') ?? field) : field, demands[field] ?? 'can’t be read');
}

function problem(field: string, words: string): InvalidRequestError {
  return new InvalidRequestError(`'${field.slice(0, 100)}' ${words}.`, { param: field.slice(0, 100) });
}
