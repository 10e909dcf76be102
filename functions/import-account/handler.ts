import { openAccess } from '../../shared/composition/open-access.ts';
import { openImports, readImportTask } from '../../shared/composition/open-imports.ts';

const work = openImports(openAccess(process.env), process.env);

/** Called by the state machine of imports. */
export const handler = async (event: unknown): Promise<void> => {
  const task = readImportTask(event);
  if (task === undefined) throw new TypeError('The event is no step of an import.');
  await work(task);
};
