import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type DeployedName, deployedFunctions, isDeployedName } from '../../shared/routes.ts';

/**
 * Bundles the functions beside the bundles in use and moves those that differ into place, each in one step: whoever
 * loads a bundle meanwhile gets the old or the new one, and a source that can't be bundled changes nothing.
 *
 * @returns the functions whose code has changed.
 * @throws Error with what esbuild says.
 */
export async function rebundle(functionsFolder: string): Promise<readonly DeployedName[]> {
  const { bundleFunctions } = await import('../../infra/bundle.ts');
  const fresh = `${functionsFolder}-next`;
  try {
    await bundleFunctions({ outputFolder: fresh });
    const changed: DeployedName[] = [];
    for (const name of functionNames()) {
      const from = join(fresh, name, 'index.mjs');
      const to = join(functionsFolder, name, 'index.mjs');
      if (await sameContent(from, to)) continue;
      await mkdir(join(functionsFolder, name), { recursive: true });
      await rename(from, to);
      changed.push(name);
    }
    return changed;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

function functionNames(): readonly DeployedName[] {
  return Object.keys(deployedFunctions).filter(isDeployedName);
}

async function sameContent(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([readFile(one), readFile(other).catch(() => undefined)]);
  return second !== undefined && first.equals(second);
}
