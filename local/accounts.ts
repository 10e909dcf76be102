import { accountCommands } from './accounts-command/account-commands.ts';
import { accountWords } from './accounts-command/account-line.ts';
import { runCommands } from './command/run-commands.ts';
import { ownerEnvironment } from './owner-environment.ts';

// npm run accounts: manages the accounts of a running gateway, on this machine or deployed, over its admin API.

await runCommands(accountWords, accountCommands, ownerEnvironment);
