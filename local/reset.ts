import { Settings } from '../shared/read-settings.ts';
import { ownerEnvironment } from './owner-environment.ts';
import { explain } from './run-until-signal.ts';
import { removeStateFolder } from './state/state-folder.ts';

// npm run reset: forgets the laptop's accounts, keys and tables.
try {
  const folder = new Settings(ownerEnvironment()).text('STATE_FOLDER');
  console.log((await removeStateFolder(folder)) ? `Removed ${folder}.` : `There is no ${folder}.`);
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
