import * as z from 'zod/mini';
import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import type { Model } from '../../chat/model.ts';
import type { ModelAlias } from '../../models/model-alias.ts';
import { resolveModel } from '../../models/model-name.ts';

const mostAliases = 100;

/** `PUT /admin/model-aliases`. */
export const aliasList = z.object({
  aliases: z
    .array(
      z.object({
        pattern: z.string().check(z.regex(/^[\w.:/@*-]{1,100}$/)),
        model: z.string().check(z.minLength(1), z.maxLength(200)),
      }),
    )
    .check(z.maxLength(mostAliases)),
});

/**
 * Reads `{"aliases": [{"pattern", "model"}, …]}` and checks it against the catalogue, so that no alias leads nowhere.
 *
 * @throws InvalidRequestError naming the field.
 */
export function parseAliases(body: unknown, models: readonly Model[]): readonly ModelAlias[] {
  const read = z.safeParse(aliasList, body);
  if (!read.success) throw shapeError(read.error.issues[0]?.path ?? []);
  const seen = new Set<string>();
  for (const [place, { pattern, model }] of read.data.aliases.entries()) {
    const field = `aliases[${place}]`;
    const name = pattern.toLowerCase();
    if (seen.has(name)) throw problem(`${field}.pattern`, `repeats ${pattern}`);
    seen.add(name);
    if (resolveModel(pattern, models) !== undefined) {
      throw problem(`${field}.pattern`, 'is the name of a model, which always counts first');
    }
    if (resolveModel(model, models)?.features.output !== 'text') {
      throw problem(`${field}.model`, 'is no chat model of the catalogue; GET /v1/models lists what there is');
    }
  }
  return read.data.aliases;
}

function shapeError(path: readonly PropertyKey[]): InvalidRequestError {
  const [, place, member] = path;
  const entry = typeof place === 'number' ? `aliases[${place}]` : 'aliases';
  if (member === undefined) {
    return problem(entry, `must be a list of at most ${mostAliases} objects with 'pattern' and 'model'`);
  }
  return problem(
    `${entry}.${String(member)}`,
    member === 'pattern' ? 'must be a name of letters, digits and . _ : / @ - with * for any text' : 'must be a name',
  );
}

function problem(field: string, words: string): InvalidRequestError {
  return new InvalidRequestError(`'${field}' ${words}.`, { param: field });
}
