import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import type { Account } from '../../shared/accounts/account.ts';
import { openAccess } from '../../shared/composition/open-access.ts';
import { openRenewals } from '../../shared/composition/open-renewals.ts';

// One instance of the gateway in a process of its own. `look ID` on its standard input has it read an account, and
// `renew` renews the token of the account that it has read; it prints a hash of what it got.

const { rows, renewals } = openRenewals(openAccess(process.env), process.env);
let known: Account | undefined;
console.log('ready');
for await (const line of createInterface(process.stdin)) {
  const [command, id = ''] = line.split(' ');
  if (command === 'look') known = await rows.read(id);
  console.log(command === 'look' ? 'seen' : await renew(known));
}

async function renew(account: Account | undefined): Promise<string> {
  if (account === undefined) return 'no such account';
  try {
    const { secret } = await renewals.renew(account, 'chat');
    return createHash('sha256').update(secret).digest('hex');
  } catch (error) {
    return error instanceof Error ? error.name : 'unknown error';
  }
}
