import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { deployedFunctions } from '../shared/routes.ts';
import { fingerprintSources, isFresh, markFresh } from './bundle/freshness.ts';
import { type BundleReport, formatReport, measureBundle } from './bundle/report.ts';
import { sharpPlugin } from './bundle/sharp-plugin.ts';
import { slimClients } from './bundle/slim-clients.ts';
import { undiciDefinitions, undiciPlugin } from './bundle/undici-plugin.ts';
import { vocabularyPlugin } from './bundle/vocabulary-plugin.ts';

const projectRoot = fileURLToPath(new URL('..', import.meta.url));
const environmentCredentials = fileURLToPath(new URL('./bundle/environment-credentials.ts', import.meta.url));

/** Where to find sources and put bundles; the project itself by default. */
export interface BundleOptions {
  /** Absolute path of the folder that holds `functions/`. */
  readonly root?: string;
  /** Absolute path of the folder that gets `<name>/index.mjs`. It is replaced. */
  readonly outputFolder?: string;
  /** The functions to bundle; those of the tables in shared/routes.ts by default. */
  readonly names?: readonly string[];
}

/**
 * Bundles every function in one pass: `functions/<name>/handler.ts` becomes `dist/functions/<name>/index.mjs`, one file
 * with all it needs.
 *
 * @throws Error when a function of shared/routes.ts has no handler, or esbuild refuses a source.
 */
export async function bundleFunctions(options: BundleOptions = {}): Promise<BundleReport> {
  const start = performance.now();
  const {
    root = projectRoot,
    outputFolder = join(root, 'dist/functions'),
    names = Object.keys(deployedFunctions),
  } = options;
  const entryPoints = Object.fromEntries(names.map((name) => [`${name}/index`, handlerOf(root, name)]));
  const fingerprint = fingerprintSources(root);
  // Made beside the old bundles and put in their place, so that a failed pass leaves those as they were.
  const freshFolder = `${outputFolder}.${process.pid}`;
  const metafile = await runEsbuild(root, freshFolder, entryPoints);
  markFresh(freshFolder, fingerprint);
  await rm(outputFolder, { recursive: true, force: true });
  await rename(freshFolder, outputFolder);
  const bundles = await Promise.all(
    Object.entries(metafile.outputs).map(([path, output]) => {
      const name = basename(dirname(path));
      return measureBundle(name, join(outputFolder, name, 'index.mjs'), output);
    }),
  );
  return { functions: bundles, milliseconds: performance.now() - start };
}

/** Bundles only when a bundle is missing or the sources are no longer those that the bundles were made from. */
export async function ensureBundles(): Promise<void> {
  const outputFolder = join(projectRoot, 'dist/functions');
  if (isFresh(outputFolder, fingerprintSources(projectRoot), Object.keys(deployedFunctions))) return;
  await bundleFunctions();
}

function handlerOf(root: string, name: string): string {
  const handler = join(root, 'functions', name, 'handler.ts');
  if (!existsSync(handler)) {
    throw new Error(
      `The route table (shared/routes.ts) names the function ${name}, but functions/${name}/handler.ts is missing`,
    );
  }
  return handler;
}

async function runEsbuild(root: string, outdir: string, entryPoints: Record<string, string>): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints,
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    keepNames: true,
    legalComments: 'none',
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    metafile: true,
    logLevel: 'silent',
    alias: { '@aws-sdk/credential-provider-node': environmentCredentials },
    define: undiciDefinitions,
    plugins: [...slimClients(), sharpPlugin, undiciPlugin, vocabularyPlugin],
    // undici is CommonJS and requires Node's own modules, which an ES module can't do without this.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
  return metafile;
}

if (import.meta.main) console.log(formatReport(await bundleFunctions()));
