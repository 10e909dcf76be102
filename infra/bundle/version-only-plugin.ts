import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** Leaves of a package's description what its client tells the service: name and version. The rest is 2 KB a client. */
export const versionOnly: Plugin = {
  name: 'version-only',
  setup(bundle) {
    bundle.onLoad({ filter: /@aws-sdk[\\/]client-\w+[\\/]package\.json$/ }, async ({ path }) => {
      const { name, version }: { name: string; version: string } = JSON.parse(await readFile(path, 'utf8'));
      return { contents: JSON.stringify({ name, version }), loader: 'json' };
    });
  },
};
