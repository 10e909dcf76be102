import { runCommands } from './command/run-commands.ts';
import { ownerEnvironment } from './owner-environment.ts';
import { settingCommands } from './settings-command/setting-commands.ts';
import { settingWords } from './settings-command/setting-line.ts';

// npm run settings: changes the settings of a running gateway, on this machine or deployed, over its admin API.

await runCommands(settingWords, settingCommands, ownerEnvironment);
