import { lane } from '../../../accounts/account.ts';
import { restoreAccount } from '../../../accounts/restore-account.ts';
import { accountKey } from '../../../store/keys.ts';
import { type ImportItem, skipped } from '../import-item.ts';
import type { IncomingAccount } from '../incoming.ts';
import { type ImportContext, importSource } from './import-context.ts';

/** Accounts under way at once. */
const atOnce = 20;

const noSecret = 'The document has no secret of it, so the account can’t be made. Export with a passphrase.';

/**
 * Takes accounts in, as they are: whether the site accepts them shows at their first use. An account that is there keeps
 * what it has, but for a token that ends sooner, and gets what it lacks.
 */
export async function importAccounts(
  incoming: readonly IncomingAccount[],
  context: ImportContext,
): Promise<readonly ImportItem[]> {
  const items: ImportItem[] = [];
  const waiting = incoming.entries();
  const worker = async () => {
    for (const [place, account] of waiting) {
      items[place] = context.hasTime() ? await importAccount(account, context) : itemOf(account, 'left');
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return items;
}

async function importAccount(account: IncomingAccount, context: ImportContext): Promise<ImportItem> {
  const { table, secretBox, mode, write } = context;
  if (!account.hasSecret && (await table.get(accountKey(lane, account.id))) === undefined) {
    return skipped('account', account.label, noSecret);
  }
  const options = { table, secretBox, source: importSource, onlyNew: mode === 'replace-none', write };
  return itemOf(account, await restoreAccount(account, options));
}

function itemOf({ id, label }: IncomingAccount, outcome: ImportItem['outcome']): ImportItem {
  return { kind: 'account', name: label, id, outcome, reason: null };
}
