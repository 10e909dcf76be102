import { copyFile, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';

const require = createRequire(import.meta.url);
const loader = /[\\/]sharp[\\/]dist[\\/]sharp\.mjs$/;

/**
 * Makes sharp's WebAssembly build the one that a bundle uses, and puts it beside those bundles that import sharp: the
 * same bytes run on Lambda's processor, on the laptop's, and wherever the bundle is made. It stands beside because it
 * reads its own file, and starts threads from it.
 */
export const sharpPlugin: Plugin = {
  name: 'sharp',
  setup(bundle) {
    const { absWorkingDir = process.cwd() } = bundle.initialOptions;
    bundle.onLoad({ filter: loader }, () => ({
      contents:
        "import { createRequire } from 'node:module';\nexport default createRequire(import.meta.url)('./sharp.cjs');",
      loader: 'js',
    }));
    bundle.onEnd(async ({ metafile }) => {
      for (const folder of foldersWithSharp(metafile)) await placeSharp(join(absWorkingDir, folder));
    });
  },
};

function foldersWithSharp(metafile: Metafile | undefined): readonly string[] {
  return Object.entries(metafile?.outputs ?? {})
    .filter(([, { inputs }]) => Object.keys(inputs).some((path) => loader.test(path)))
    .map(([path]) => dirname(path));
}

async function placeSharp(folder: string): Promise<void> {
  const entry = require.resolve('@img/sharp-wasm32/sharp.node');
  await mkdir(folder, { recursive: true });
  const { metafile } = await build({
    entryPoints: [entry],
    outfile: join(folder, 'sharp.cjs'),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    minifyWhitespace: true,
    metafile: true,
    logLevel: 'silent',
  });
  const program = Object.keys(metafile.inputs).find((path) => path.endsWith('.node.js'));
  if (program === undefined)
    throw new Error('@img/sharp-wasm32 has another form than infra/bundle/sharp-plugin.ts knows');
  const binary = `${basename(program, '.js')}.wasm`;
  await copyFile(join(dirname(entry), 'lib', binary), join(folder, binary));
}
