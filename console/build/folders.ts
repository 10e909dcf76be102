import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/** The console's sources. */
export const consoleFolder = fileURLToPath(new URL('..', import.meta.url));

/** Where the console is put, to be served as it is. */
export const consoleOutput = fileURLToPath(new URL('../../dist/console', import.meta.url));
