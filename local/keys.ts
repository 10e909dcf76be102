import { runCommands } from './command/run-commands.ts';
import { keyCommands } from './keys-command/key-commands.ts';
import { keyWords } from './keys-command/key-line.ts';
import { ownerEnvironment } from './owner-environment.ts';

// npm run keys: manages the gateway keys of a running gateway, on this machine or deployed, over its admin API.

await runCommands(keyWords, keyCommands, ownerEnvironment);
