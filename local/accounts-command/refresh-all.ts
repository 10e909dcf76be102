import { type AdminAnswer, type AdminClient, rowsOf } from '../command/admin-client.ts';

/**
 * Renews all accounts that can be renewed. One request begins as many as it has time for, so the others are asked for
 * again until none is left.
 *
 * @throws CommandError
 */
export async function refreshAll(client: Pick<AdminClient, 'call'>): Promise<readonly AdminAnswer[]> {
  const done: AdminAnswer[] = [];
  let body: object = {};
  for (;;) {
    const results = rowsOf(await client.call('POST', '/admin/accounts/refresh', body));
    const left = results.filter(({ outcome }) => outcome === 'left');
    done.push(...results.filter(({ outcome }) => outcome !== 'left'));
    // An answer in which nothing was begun would be the same the next time.
    if (left.length === 0 || left.length === results.length) return [...done, ...left];
    body = { ids: left.map(({ id }) => id) };
  }
}
