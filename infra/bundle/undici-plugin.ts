import type { OnLoadResult, Plugin, PluginBuild } from 'esbuild';

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

function complaint(part: string): string {
  return `new Error(${JSON.stringify(`The bundles leave ${part} of undici out, see infra/bundle/undici-plugin.ts`)})`;
}

function replacement(contents: string): OnLoadResult {
  return { contents, loader: 'js' };
}
