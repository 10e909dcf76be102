import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { OnLoadResult, Plugin, PluginBuild } from 'esbuild';

const require = createRequire(import.meta.url);

/**
 * undici's own switch for being part of a bundle: leaves its experimental second parser out (150 KB). undici only asks
 * whether the name is defined.
 */
export const undiciDefinitions = { esbuildDetection: 'true' };

/**
 * Leaves out what the gateway's one use of undici (HTTP/1.1, bodies of text) never runs: the form data and Web IDL code
 * that undici loads for a FormData body, and HTTP/2. Whoever begins to use one of them is told.
 */
export const undiciPlugin: Plugin = {
  name: 'undici',
  setup(bundle) {
    useOneParser(bundle);
    bundle.onLoad({ filter: /undici[\\/]lib[\\/]llhttp[\\/]constants\.js$/ }, async ({ path }) =>
      replacement(`module.exports = ${JSON.stringify(await constantsInUse(path))}`),
    );
    bundle.onLoad({ filter: /undici[\\/]lib[\\/]web[\\/](fetch[\\/](body|formdata)|webidl[\\/]index)\.js$/ }, () =>
      replacement(`throw ${complaint('FormData bodies')}`),
    );
    bundle.onLoad({ filter: /undici[\\/]lib[\\/]dispatcher[\\/]client-h2\.js$/ }, () =>
      replacement(`module.exports = () => { throw ${complaint('HTTP/2')} }`),
    );
  },
};

/**
 * undici carries its parser as WebAssembly twice, with and without SIMD (72 KB each). Node 24 has SIMD on every processor
 * that Lambda offers, so the second can mean the first.
 */
function useOneParser(bundle: PluginBuild): void {
  bundle.onResolve({ filter: /\/llhttp\/llhttp-wasm\.js$/ }, ({ kind, resolveDir }) =>
    bundle.resolve('../llhttp/llhttp_simd-wasm.js', { kind, resolveDir }),
  );
}

/** The parser's table has a name for everything in HTTP (10 KB); its one reader takes two entries of it. */
async function constantsInUse(path: string): Promise<object> {
  const reader = await readFile(join(dirname(path), '../dispatcher/client-h1.js'), 'utf8');
  const names = new Set([...reader.matchAll(/\bconstants\.(\w+)/g)].map(([, name]) => name));
  const all: object = require(path);
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.has(name)));
}

function complaint(part: string): string {
  return `new Error(${JSON.stringify(`The bundles leave ${part} of undici out, see infra/bundle/undici-plugin.ts`)})`;
}

function replacement(contents: string): OnLoadResult {
  return { contents, loader: 'js' };
}
