import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * Which rooms a room may import from, itself aside. A room is a folder; the longest name that fits a file counts.
 * Types count as much as values: what names a thing knows it.
 */
const allowed: Readonly<Record<string, readonly string[]>> = {
  console: ['shared/endpoints', 'shared/openapi'],
  functions: [
    'shared/composition',
    'shared/endpoints',
    'shared/dialects',
    'shared/http',
    'shared/chats',
    'shared/relay',
  ],
  infra: ['console', 'shared/objects', 'shared/routes', 'shared/settings', 'shared/read-settings', 'shared/tokens'],
  local: [
    'console',
    'infra',
    'local/simulator',
    'shared/routes',
    'shared/settings',
    'shared/read-settings',
    'shared/accounts',
    'shared/keys',
    'shared/live-settings',
    'shared/objects',
    'shared/secrets',
    'shared/store',
    'shared/webhooks',
  ],
  'local/simulator': [],
  'shared/routes': ['shared/chat'],
  'shared/settings': [],
  'shared/read-settings': ['shared/settings'],
  'shared/live-settings': ['shared/read-settings', 'shared/settings', 'shared/store'],
  'shared/chat': [],
  'shared/logging': [],
  'shared/store': ['shared/chat'],
  'shared/secrets': ['shared/chat', 'shared/store'],
  'shared/dialects': ['shared/chat', 'shared/models'],
  'shared/upstreams': ['shared/chat'],
  'shared/models': ['shared/chat', 'shared/logging', 'shared/store'],
  'shared/tokens': [],
  'shared/keys': ['shared/chat', 'shared/routes', 'shared/store', 'shared/read-settings'],
  'shared/accounts': ['shared/chat', 'shared/secrets', 'shared/store', 'shared/read-settings'],
  'shared/chats': ['shared/keys', 'shared/store'],
  'shared/http': ['shared/chat', 'shared/logging', 'shared/routes'],
  'shared/tools': ['shared/chat'],
  'shared/structured-output': ['shared/chat', 'shared/tools'],
  'shared/threads': ['shared/chat', 'shared/store', 'shared/tools'],
  'shared/files': ['shared/chat', 'shared/store'],
  'shared/objects': ['shared/chat', 'shared/read-settings', 'shared/store'],
  'shared/runs': ['shared/store'],
  'shared/relay': [
    'shared/accounts',
    'shared/chat',
    'shared/chats',
    'shared/files',
    'shared/http',
    'shared/logging',
    'shared/models',
    'shared/stored-files',
    'shared/structured-output',
    'shared/threads',
    'shared/tools',
  ],
  'shared/endpoints': [
    'shared/accounts',
    'shared/chat',
    'shared/chats',
    'shared/dialects',
    'shared/http',
    'shared/models',
    'shared/relay',
  ],
  'shared/responses': [
    'shared/chat',
    'shared/dialects',
    'shared/http',
    'shared/images',
    'shared/logging',
    'shared/models',
    'shared/relay',
    'shared/runs',
    'shared/store',
  ],
  'shared/images': [
    'shared/accounts',
    'shared/chat',
    'shared/dialects',
    'shared/files',
    'shared/http',
    'shared/models',
    'shared/objects',
    'shared/relay',
  ],
  'shared/stored-files': ['shared/chat', 'shared/files', 'shared/objects', 'shared/store'],
  'shared/files-api': [
    'shared/chat',
    'shared/dialects',
    'shared/files',
    'shared/http',
    'shared/objects',
    'shared/stored-files',
  ],
  'shared/native-files': [
    'shared/chat',
    'shared/dialects',
    'shared/files',
    'shared/http',
    'shared/objects',
    'shared/relay',
    'shared/stored-files',
  ],
  'shared/idempotency': ['shared/chat', 'shared/http', 'shared/logging', 'shared/routes', 'shared/store'],
  'shared/jobs': ['shared/chat', 'shared/logging', 'shared/store'],
  'shared/videos': [
    'shared/accounts',
    'shared/chat',
    'shared/dialects',
    'shared/files',
    'shared/http',
    'shared/jobs',
    'shared/logging',
    'shared/metering',
    'shared/models',
    'shared/objects',
    'shared/relay',
    'shared/store',
    'shared/webhooks',
  ],
  'shared/webhooks': ['shared/chat', 'shared/files', 'shared/secrets', 'shared/store'],
  'shared/metering': ['shared/chat', 'shared/http', 'shared/logging', 'shared/store'],
  'shared/usage': [
    'shared/chat',
    'shared/http',
    'shared/keys',
    'shared/metering',
    'shared/objects',
    'shared/routes',
    'shared/store',
  ],
  'shared/admin': [
    'shared/accounts',
    'shared/chat',
    'shared/http',
    'shared/jobs',
    'shared/keys',
    'shared/live-settings',
    'shared/logging',
    'shared/metering',
    'shared/models',
    'shared/objects',
    'shared/read-settings',
    'shared/routes',
    'shared/runs',
    'shared/secrets',
    'shared/settings',
    'shared/store',
    'shared/usage',
    'shared/videos',
    'shared/webhooks',
  ],
  'shared/dialogs': [
    'shared/accounts',
    'shared/chat',
    'shared/chats',
    'shared/dialects',
    'shared/http',
    'shared/logging',
    'shared/relay',
    'shared/runs',
    'shared/store',
  ],
  'shared/openapi': [
    'shared/admin',
    'shared/chat',
    'shared/dialects',
    'shared/dialogs',
    'shared/endpoints',
    'shared/files-api',
    'shared/images',
    'shared/native-files',
    'shared/routes',
    'shared/settings',
    'shared/stored-files',
    'shared/videos',
  ],
  'shared/alerts': ['shared/accounts', 'shared/logging', 'shared/store'],
  'shared/composition': [
    'shared/accounts',
    'shared/admin',
    'shared/alerts',
    'shared/chat',
    'shared/chats',
    'shared/dialects',
    'shared/dialogs',
    'shared/files',
    'shared/files-api',
    'shared/http',
    'shared/idempotency',
    'shared/images',
    'shared/jobs',
    'shared/keys',
    'shared/live-settings',
    'shared/logging',
    'shared/metering',
    'shared/models',
    'shared/native-files',
    'shared/objects',
    'shared/read-settings',
    'shared/relay',
    'shared/responses',
    'shared/routes',
    'shared/runs',
    'shared/secrets',
    'shared/store',
    'shared/stored-files',
    'shared/threads',
    'shared/tokens',
    'shared/tools',
    'shared/upstreams',
    'shared/usage',
    'shared/videos',
    'shared/webhooks',
  ],
};

const rooms = Object.keys(allowed).sort((left, right) => right.length - left.length);
const sources = globSync('{console,functions,infra,local,shared}/**/*.ts').filter((file) => !file.endsWith('.d.ts'));

function roomOf(file: string): string {
  const room = rooms.find((name) => file.startsWith(`${name}/`) || file === `${name}.ts`);
  if (room === undefined) throw new Error(`${file} stands in no room that this test knows`);
  return room;
}

/** The relative imports and exports of a file. The formatter writes every one of them in one of these forms. */
function importsOf(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8');
  const specifiers = [...text.matchAll(/(?:\bfrom|\bimport\(|^import) ?'(\.[^']+)'/gm)].flatMap(
    ([, specifier]) => specifier ?? [],
  );
  return specifiers.map((specifier) => normalize(join(dirname(file), specifier)));
}

describe('import directions', () => {
  it('finds the sources and their imports', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(sources.flatMap(importsOf).length).toBeGreaterThan(sources.length);
    expect(importsOf('local/simulator/simulator.ts')).toContain('local/simulator/control/control-routes.ts');
  });

  it.each(sources)('%s imports only what its room may', (file) => {
    const room = roomOf(file);
    const forbidden = importsOf(file).filter((target) => {
      const targetRoom = roomOf(target);
      return targetRoom !== room && !allowed[room]?.includes(targetRoom);
    });
    expect(forbidden).toEqual([]);
  });

  it('keeps each upstream and each dialect to itself', () => {
    const foreign = sources
      .filter((file) => file.startsWith('shared/upstreams/'))
      .flatMap((file) => importsOf(file).filter((target) => crosses(file, target)));
    expect(foreign).toEqual([]);
  });
});

/** Whether an import goes from one upstream's folder into another's. */
function crosses(file: string, target: string): boolean {
  const folder = file.split('/').slice(0, 3).join('/');
  return target.startsWith('shared/upstreams/') && !target.startsWith(`${folder}/`);
}
