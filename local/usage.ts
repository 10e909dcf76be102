import { runCommands } from './command/run-commands.ts';
import { ownerEnvironment } from './owner-environment.ts';
import { usageCommands } from './usage-command/usage-commands.ts';
import { usageWords } from './usage-command/usage-line.ts';

// npm run usage: shows what was used of a running gateway, on this machine or deployed, over its admin API.

await runCommands(usageWords, usageCommands, ownerEnvironment);
