import type { List } from '../../api/list.ts';
import type { Key } from './key.ts';

/** All pages of the list, the newest keys first; those of the environment, which have no time, at the end. */
export async function allKeys(load: (path: string) => Promise<List<Key>>): Promise<readonly Key[]> {
  const keys: Key[] = [];
  let after = '';
  for (;;) {
    const { data, has_more: hasMore, last_id: lastId } = await load(`/admin/keys?limit=100${after}`);
    keys.push(...data);
    if (hasMore !== true || lastId === null || lastId === undefined) break;
    after = `&after=${encodeURIComponent(lastId)}`;
  }
  return keys.toSorted((one, other) => (other.created_at ?? '').localeCompare(one.created_at ?? ''));
}
