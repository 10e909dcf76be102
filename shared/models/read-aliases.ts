import * as z from 'zod/mini';
import type { ModelAlias } from './model-alias.ts';

const storedAliases = z.array(z.object({ pattern: z.string(), model: z.string() }));

/** Reads aliases as the table has them; none when another version of the gateway has written another form. */
export function parseStoredAliases(text: string): readonly ModelAlias[] {
  try {
    return storedAliases.parse(JSON.parse(text));
  } catch {
    return [];
  }
}

/** Reads the setting MODEL_ALIASES. @param entries each `pattern=model`; others are left out. */
export function readAliasSetting(entries: readonly string[]): readonly ModelAlias[] {
  return entries.flatMap((entry) => {
    const [pattern = '', model = ''] = entry.split('=').map((side) => side.trim());
    return pattern === '' || model === '' ? [] : [{ pattern, model }];
  });
}
