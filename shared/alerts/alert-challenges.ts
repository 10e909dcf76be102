import { type Account, lane, readAccount } from '../accounts/account.ts';
import type { Attributes } from '../store/attributes.ts';
import { accountKey, accountsPartition } from '../store/keys.ts';
import type { Table } from '../store/table.ts';
import type { Alert, NotifyOwner } from './notify-owner.ts';

/** Marks an account whose owner has been told; apart from the account's own attributes, which others write. */
const marker = 'challengeAlertedAt';

export interface AlertChallengesOptions {
  readonly table: Table;
  readonly notifyOwner: NotifyOwner;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Tells the owner once about each account that waits for a verification, until it has been in use again. Of several runs
 * at once, one tells.
 *
 * @returns how many alerts were sent.
 * @throws StoreUnavailableError; Error when an alert could not be sent, which the next run tries again.
 */
export async function alertChallenges({ table, notifyOwner, now }: AlertChallengesOptions): Promise<number> {
  const items = await table.query(accountsPartition(lane), { consistent: true });
  let sent = 0;
  for (const item of items) {
    const account = readAccount(item);
    if (account === undefined) continue;
    if (account.state !== 'challenge') await forget(table, account, item);
    else if (item[marker] === undefined && (await mark(table, account, now()))) {
      await tell(table, account, notifyOwner);
      sent += 1;
    }
  }
  return sent;
}

function mark(table: Table, { id }: Account, time: number): Promise<boolean> {
  // No marker is below 0: this holds only where there is none.
  const condition = { equals: { state: 'challenge' }, atMost: { [marker]: -1 } };
  return table.update(accountKey(lane, id), { set: { [marker]: time } }, condition);
}

async function tell(table: Table, account: Account, notifyOwner: NotifyOwner): Promise<void> {
  try {
    await notifyOwner(alertOf(account));
  } catch (error) {
    await table.update(accountKey(lane, account.id), { remove: [marker] }, { exists: true });
    throw error;
  }
}

/** The account is in use again: another verification will be told anew. */
async function forget(table: Table, { id, state }: Account, item: Attributes): Promise<void> {
  if (item[marker] === undefined) return;
  await table.update(accountKey(lane, id), { remove: [marker] }, { equals: { state } });
}

function alertOf({ id, label }: Account): Alert {
  return {
    subject: `qwen-gateway: the account ${label} needs a verification`.slice(0, 100),
    text: [
      `The site asks for a verification of the account ${label} (${id}). The gateway does not answer it, and uses the other accounts meanwhile.`,
      'Sign in to the site with your own browser, then give the account a fresh token or Cookie header:',
      `npm run accounts -- relogin ${id} --token-file FILE   (or --cookie-file FILE)`,
    ].join('\n\n'),
  };
}
