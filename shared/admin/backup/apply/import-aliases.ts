import * as z from 'zod/mini';
import type { ModelAlias } from '../../../models/model-alias.ts';
import { parseStoredAliases } from '../../../models/read-aliases.ts';
import { aliasesKey } from '../../../store/keys.ts';
import { textAttribute } from '../../../store/read-attribute.ts';
import { aliasList } from '../../aliases/parse-aliases.ts';
import { type ImportItem, skipped } from '../import-item.ts';
import type { ImportContext } from './import-context.ts';

export interface AliasImport {
  readonly incoming: readonly ModelAlias[];
  /** Those of the setting, which hold while the table has none. */
  readonly initial: readonly ModelAlias[];
}

/**
 * Merges aliases with those that hold: a pattern that is there gets the document's model, where it stands; the others come
 * behind. Whether their models exist is not asked, as the catalogue may not be known yet.
 */
export async function importAliases(
  { incoming, initial }: AliasImport,
  { table, mode, write }: ImportContext,
): Promise<readonly ImportItem[]> {
  if (incoming.length === 0) return [];
  for (;;) {
    const item = await table.get(aliasesKey, { consistent: true });
    const stored = item === undefined ? undefined : textAttribute(item, 'aliases');
    const before = stored === undefined ? initial : parseStoredAliases(stored);
    const { aliases, items } = mergeAliases(before, incoming, mode === 'replace-none');
    const isChanged = items.some(({ outcome }) => outcome === 'added' || outcome === 'changed');
    if (!write || !isChanged) return items;
    const condition = item === undefined ? { exists: false } : { equals: { aliases: stored } };
    if (await table.put(aliasesKey, { aliases: JSON.stringify(aliases) }, condition)) return items;
  }
}

function mergeAliases(before: readonly ModelAlias[], incoming: readonly ModelAlias[], onlyNew: boolean) {
  let aliases = before;
  const items = incoming.map((alias): ImportItem => {
    const place = aliases.findIndex(({ pattern }) => pattern.toLowerCase() === alias.pattern.toLowerCase());
    const known = aliases[place];
    const item = { kind: 'alias', name: alias.pattern.slice(0, 100), id: null, reason: null } as const;
    if (known?.model === alias.model) return { ...item, outcome: 'unchanged' };
    if (known !== undefined && onlyNew)
      return { ...item, outcome: 'unchanged', reason: 'It means another model here.' };
    const merged = known === undefined ? [...aliases, alias] : aliases.with(place, alias);
    if (!z.safeParse(aliasList, { aliases: merged }).success) {
      return skipped('alias', item.name, 'It is no alias in the form of the admin API, or there are too many.');
    }
    aliases = merged;
    return { ...item, outcome: known === undefined ? 'added' : 'changed' };
  });
  return { aliases, items };
}
