import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { deployedFunctions } from '../../shared/routes.ts';
import { waitForLock } from '../state/wait-for-lock.ts';
import { projectRoot } from './project-root.ts';
import { hashSources } from './source-hash.ts';
import { Stamp } from './stamp.ts';
import { synthesize } from './synthesize.ts';

/** What `cdk deploy` would take: the bundled functions and the template. */
export interface Assembly {
  /** Holds `<name>/index.mjs`. */
  readonly functionsFolder: string;
  readonly templatePath: string;
}

const distFolder = join(projectRoot, 'dist');

export const assembly: Assembly = {
  functionsFolder: join(distFolder, 'functions'),
  templatePath: join(projectRoot, 'cdk.out', 'QwenGateway.template.json'),
};

const outputs = [
  ...Object.keys(deployedFunctions).map((name) => join(assembly.functionsFolder, name, 'index.mjs')),
  assembly.templatePath,
];

/**
 * Makes the assembly unless it is there already and nothing it is made from has changed. The stamp lies beside the
 * outputs and not in a state folder, because runtimes with different state folders share the outputs.
 *
 * @param log told when something has to be made, because that takes seconds.
 */
export async function ensureAssembly(log: (line: string) => void): Promise<Assembly> {
  const stamp = new Stamp(join(distFolder, 'assembly-stamp'), outputs);
  if (await stamp.fits(await hashSources(projectRoot))) return assembly;
  await mkdir(distFolder, { recursive: true });
  const release = await waitForLock(join(distFolder, 'assembly-lock'));
  try {
    const hash = await hashSources(projectRoot);
    if (await stamp.fits(hash)) return assembly;
    log('Bundling the functions and synthesising the stack (only after a change) ...');
    await bundle();
    await synthesize(projectRoot);
    await stamp.write(hash);
  } finally {
    await release();
  }
  return assembly;
}

/** Bundles all functions anew, leaving the template as it is. */
export async function bundle(): Promise<void> {
  // Loaded only now: an unchanged project starts without esbuild.
  const { bundleFunctions } = await import('../../infra/bundle.ts');
  await bundleFunctions();
}
