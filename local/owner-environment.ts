import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Environment } from '../shared/read-settings.ts';
import { projectRoot } from './assembly/project-root.ts';
import { isErrno } from './state/is-errno.ts';

/** The owner's settings: `process.env`, and under it the file `.env` of the project when there is one. */
export function ownerEnvironment(path = join(projectRoot, '.env')): Environment {
  return { ...readEnvironmentFile(path), ...process.env };
}

function readEnvironmentFile(path: string): Environment {
  try {
    return parseEnv(readFileSync(path, 'utf8'));
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return {};
    throw error;
  }
}
