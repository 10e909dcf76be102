import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const environmentFile = fileURLToPath(new URL('../.env', import.meta.url));

/**
 * Adds the project's `.env` to the environment, so that a deployment has the settings that the laptop has. What the
 * environment already holds wins.
 */
export function loadEnvironmentFile(): void {
  if (existsSync(environmentFile)) process.loadEnvFile(environmentFile);
}
