import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { versionOnly } from './version-only-plugin.ts';

/** A client of the AWS SDK, and what of it the functions use. */
export interface SlimClient {
  /** As `@aws-sdk/client-ssm`. */
  readonly packageName: string;
  /** Absolute path of a file that exports the names in use from the package, and nothing else. */
  readonly facade: string;
  /** The errors that callers may tell apart by class. The SDK reads all others as its base class with the right name. */
  readonly keptErrors: readonly string[];
}

/**
 * Makes a package of the AWS SDK mean its facade, shaken on its own first. esbuild drops no unused statement of a module
 * that is only imported lazily, and a client describes dozens of operations: 168 KB in a bundle for Parameter Store
 * without this step, about 20 KB with it.
 */
export function slimClientPlugin(client: SlimClient): Plugin {
  const { packageName, facade } = client;
  const namespace = `slim:${packageName}`;
  let shaken: Promise<ShakenClient> | undefined;
  return {
    name: namespace,
    setup(bundle) {
      bundle.onResolve({ filter: new RegExp(`^${packageName}$`) }, async ({ kind, importer }) => {
        shaken ??= shake(client);
        if (kind === 'dynamic-import') await checkNames(client, importer, (await shaken).names);
        const { path } = await bundle.resolve(`${packageName}/package.json`, { kind, resolveDir: dirname(facade) });
        return { path: dirname(path), namespace, sideEffects: false };
      });
      bundle.onLoad({ filter: /.*/, namespace }, async ({ path }) => {
        shaken ??= shake(client);
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

async function shake(client: SlimClient): Promise<ShakenClient> {
  const { outputFiles, metafile } = await build({
    entryPoints: [client.facade],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    plugins: [keepOtherPackagesOutside(client), pruneSchemas(client), versionOnly],
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
async function checkNames(
  { packageName, facade }: SlimClient,
  importer: string,
  known: readonly string[],
): Promise<void> {
  const source = await readFile(importer, 'utf8');
  const pattern = new RegExp(`\\{([^{}]*)\\}\\s*=\\s*await import\\(['"]${packageName}['"]\\)`, 'g');
  const asked = [...source.matchAll(pattern)]
    .flatMap((match) => match[1]?.split(',') ?? [])
    .map((name) => name.split(':')[0]?.trim() ?? '');
  const missing = asked.filter((name) => name !== '' && !known.includes(name));
  if (missing.length > 0) {
    throw new Error(`infra/bundle/${basename(facade)} lacks ${missing.join(', ')}, for ${importer}`);
  }
}

/** What the client shares with other clients is bundled once, by the outer pass. */
function keepOtherPackagesOutside({ packageName }: SlimClient): Plugin {
  return {
    name: 'keep-other-packages-outside',
    setup(bundle) {
      bundle.onResolve({ filter: /^@/ }, ({ path }) => (path === packageName ? undefined : { path, external: true }));
    },
  };
}

/** What of a client's schemas can't be shaken off as it stands: errors that are registered, and keys that are computed. */
export function pruneSchemas({ packageName, keptErrors }: Omit<SlimClient, 'facade'>): Plugin {
  const folder = basename(packageName);
  return {
    name: 'prune-schemas',
    setup(bundle) {
      bundle.onLoad(
        { filter: new RegExp(`${folder}[\\\\/]dist-es[\\\\/]schemas[\\\\/]schemas_0\\.js$`) },
        async ({ path }) => {
          const source = await readFile(path, 'utf8');
          return { contents: spellKeys(pruneErrors(source, keptErrors)), loader: 'js' };
        },
      );
    },
  };
}

/** An error's schema, and the call that makes its class known to the client. */
const errorDefinition = /export var (\w+)\$ = \[-3, n0,[^;]*\];\nn0_registry\.registerError\(\1\$, \1\);\n/g;

function pruneErrors(source: string, keptErrors: readonly string[]): string {
  return source.replace(errorDefinition, (definition, name) => (keptErrors.includes(name) ? definition : ''));
}

/** A name that stands for a text, and a key that is given by such a name. */
const namedText = /^const (_\w+) = ("\w+");$/gm;
const namedKey = /\[(_\w+)\]:/g;

/** For esbuild a computed key may do anything, so a schema with one stays, with all that it speaks of. */
function spellKeys(source: string): string {
  const texts = new Map([...source.matchAll(namedText)].map(([, name = '', text = '']) => [name, text]));
  return source.replace(namedKey, (key, name) => (texts.has(name) ? `${texts.get(name)}:` : key));
}
