import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

const packageName = '@aws-sdk/client-ssm';
const facade = fileURLToPath(new URL('./parameter-client.ts', import.meta.url));

/** The errors that callers may tell apart by class. The SDK reads all others as its base class with the right name. */
const keptErrors = new Set(['ParameterNotFound', 'ParameterAlreadyExists']);

/**
 * Makes `@aws-sdk/client-ssm` mean `parameter-client.ts`, shaken on its own first. esbuild drops no unused statement of
 * a module that is only imported lazily, and this client describes some hundred operations: 168 KB in a bundle without
 * this step, about 20 KB with it.
 */
export function parameterClientPlugin(): Plugin {
  let shaken: Promise<ShakenClient> | undefined;
  return {
    name: 'parameter-client',
    setup(bundle) {
      bundle.onResolve({ filter: /^@aws-sdk\/client-ssm$/ }, async ({ kind, importer }) => {
        shaken ??= shake();
        if (kind === 'dynamic-import') await checkNames(importer, (await shaken).names);
        const { path } = await bundle.resolve(`${packageName}/package.json`, { kind, resolveDir: dirname(facade) });
        return { path: dirname(path), namespace: 'parameter-client', sideEffects: false };
      });
      bundle.onLoad({ filter: /.*/, namespace: 'parameter-client' }, async ({ path }) => {
        shaken ??= shake();
        return { contents: (await shaken).code, resolveDir: path, loader: 'js' };
      });
    },
  };
}

interface ShakenClient {
  readonly code: string;
  /** What it exports. */
  readonly names: readonly string[];
}

async function shake(): Promise<ShakenClient> {
  const { outputFiles, metafile } = await build({
    entryPoints: [facade],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    plugins: [keepOtherPackagesOutside, pruneErrorRegistry],
  });
  return {
    code: outputFiles.map((file) => file.text).join(''),
    names: Object.values(metafile.outputs).flatMap((output) => output.exports),
  };
}

/**
 * esbuild compares the names of static imports with the facade by itself; those of dynamic ones it leaves to run time.
 *
 * @throws Error when a source asks for a name that the facade does not have.
 */
async function checkNames(importer: string, known: readonly string[]): Promise<void> {
  const source = await readFile(importer, 'utf8');
  const asked = [...source.matchAll(/\{([^{}]*)\}\s*=\s*await import\(['"]@aws-sdk\/client-ssm['"]\)/g)]
    .flatMap((match) => match[1]?.split(',') ?? [])
    .map((name) => name.split(':')[0]?.trim() ?? '');
  const missing = asked.filter((name) => name !== '' && !known.includes(name));
  if (missing.length > 0) {
    throw new Error(`infra/bundle/parameter-client.ts lacks ${missing.join(', ')}, for ${importer}`);
  }
}

/** What the client shares with other clients is bundled once, by the outer pass. */
const keepOtherPackagesOutside: Plugin = {
  name: 'keep-other-packages-outside',
  setup(bundle) {
    bundle.onResolve({ filter: /^@/ }, ({ path }) => (path === packageName ? undefined : { path, external: true }));
  },
};

/** A registered error can't be shaken off, and 65 KB of them belong to operations that nobody calls. */
const pruneErrorRegistry: Plugin = {
  name: 'prune-error-registry',
  setup(bundle) {
    bundle.onLoad({ filter: /client-ssm[\\/]dist-es[\\/]schemas[\\/]schemas_0\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      return { contents: pruneErrors(source), loader: 'js' };
    });
  },
};

/** An error's schema, and the call that makes its class known to the client. */
const errorDefinition = /export var (\w+)\$ = \[-3, n0,[^;]*\];\nn0_registry\.registerError\(\1\$, \1\);\n/g;

function pruneErrors(source: string): string {
  return source.replace(errorDefinition, (definition, name) => (keptErrors.has(name) ? definition : ''));
}
