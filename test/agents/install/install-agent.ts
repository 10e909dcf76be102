import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Agent } from '../clients/agent.ts';

const run = promisify(execFile);
const longestMilliseconds = 300_000;

/**
 * Installs an agent from npm unless the cache has this version of it.
 *
 * @param cacheFolder kept between runs; outside of the checkout.
 * @returns the path of its program.
 * @throws the error of npm.
 */
export async function installAgent(agent: Agent, cacheFolder: string): Promise<string> {
  const folder = join(cacheFolder, 'packages', `${agent.name}-${agent.version}`);
  const program = join(folder, 'node_modules', '.bin', agent.command);
  if (existsSync(program)) return program;
  // Under another name until it is whole, so that a run that was broken off leaves nothing that looks installed.
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await writeFile(join(unfinished, 'package.json'), '{ "private": true }\n');
  const options = { cwd: unfinished, timeout: longestMilliseconds };
  await run(
    'npm',
    ['install', '--no-audit', '--no-fund', '--save-exact', `${agent.package}@${agent.version}`],
    options,
  );
  await rm(folder, { recursive: true, force: true });
  await rename(unfinished, folder);
  return program;
}
