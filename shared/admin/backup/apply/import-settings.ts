import { toGatewayError } from '../../../chat/errors/internal-error.ts';
import { type ImportItem, skipped } from '../import-item.ts';
import type { Incoming } from '../incoming.ts';
import type { ImportContext } from './import-context.ts';

/** Sets live settings, in one write. One that is wrong keeps none of the others away. */
export async function importSettings(
  incoming: Incoming['settings'],
  { settings, mode, write, by }: ImportContext,
): Promise<readonly ImportItem[]> {
  const stored = await settings.read();
  const wanted: Record<string, string> = {};
  const items = Object.entries(incoming).map(([name, value]): ImportItem => {
    const before = stored[name];
    if (before === value) return outcomeOf(name, 'unchanged');
    const problem = settings.problemOf(name, value);
    if (problem !== undefined) return skipped('setting', name.slice(0, 60), problem);
    if (before !== undefined && mode === 'replace-none') return outcomeOf(name, 'unchanged', 'It is set already.');
    wanted[name] = value;
    return outcomeOf(name, before === undefined ? 'added' : 'changed');
  });
  if (!write || Object.keys(wanted).length === 0) return items;
  try {
    await settings.write(wanted, by);
    return items;
  } catch (error) {
    // Each is right by itself, and together they are not; or somebody else has changed some meanwhile.
    const { status, message } = toGatewayError(error);
    if (status >= 500) throw error;
    return items.map((item) => (item.name in wanted ? outcomeOf(item.name, 'failed', message) : item));
  }
}

function outcomeOf(name: string, outcome: ImportItem['outcome'], reason: string | null = null): ImportItem {
  return { kind: 'setting', name, id: null, outcome, reason };
}
