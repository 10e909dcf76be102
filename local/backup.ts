import { backupCommands } from './backup-command/backup-commands.ts';
import { backupWords } from './backup-command/backup-line.ts';
import { runCommands } from './command/run-commands.ts';
import { ownerEnvironment } from './owner-environment.ts';

// npm run backup: exports everything that a running gateway knows, and imports it, over its admin API.

await runCommands(backupWords, backupCommands, ownerEnvironment);
