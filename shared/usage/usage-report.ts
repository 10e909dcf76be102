import { InvalidRequestError } from '../chat/errors/request-errors.ts';
import { GroupedUsage, placeOf, type UsageGroup } from './grouped-usage.ts';
import type { UsageQuery } from './read-usage-query.ts';
import type { UsageHistory } from './usage-history.ts';
import type { UsageNumbers } from './usage-numbers.ts';

/** What was used, summed up as a query asks for it. */
export interface UsageReport {
  readonly groups: readonly UsageGroup[];
  readonly totals: UsageNumbers;
  /** Names of keys, as they are now or were last, by id. */
  readonly keyNames: ReadonlyMap<string, string>;
}

/** More lines help nobody, and would fill a function's memory. */
const mostGroups = 20_000;

/**
 * Sums up what was used.
 *
 * @param keyNames of the keys that there are, by id.
 * @throws InvalidRequestError when there would be too many groups; StoreUnavailableError
 */
export async function reportUsage(
  history: Pick<UsageHistory, 'entries'>,
  { from, to, groupBy, filters }: UsageQuery,
  keyNames: ReadonlyMap<string, string>,
): Promise<UsageReport> {
  const usage = new GroupedUsage(groupBy);
  const lastNames = new Map<string, string>();
  for await (const entry of history.entries(from, to)) {
    const place = placeOf(entry);
    const { model = place.model, key = place.key, account = place.account } = filters;
    if (model !== place.model || key !== place.key || account !== place.account) continue;
    usage.add(entry);
    if (entry.keyName !== undefined) lastNames.set(entry.keyId, entry.keyName);
    if (usage.size > mostGroups) throw tooMany();
  }
  return { groups: usage.sorted(), totals: usage.totals, keyNames: new Map([...lastNames, ...keyNames]) };
}

function tooMany(): InvalidRequestError {
  return new InvalidRequestError(`That would be more than ${mostGroups} lines. Ask for fewer days, or group by less.`, {
    param: 'group_by',
  });
}
