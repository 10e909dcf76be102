import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sourceSettings } from '../../local/documentation/source-settings.ts';
import { settings } from '../../shared/settings.ts';
import { codeSpansOf, fencesOf } from './support/fences.ts';
import { pages } from './support/pages.ts';

const paths = pages.map((page) => [page.path, page] as const);
const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync('package.json', 'utf8'));

/** Variables that are no setting of ours. */
const otherNames = new Set([
  // What examples use, and variables of clients.
  ...['BASE_URL', 'CHAT_ID', 'OPENAI_BASE_URL', 'OPENAI_PROXY_URL', 'OPENAI_API_KEY', 'OPENAI_MODEL'],
  ...['ANTHROPIC_BASE_URL', 'ANTHROPIC_API_KEY', 'ANTHROPIC_MODEL', 'ANTHROPIC_SMALL_FAST_MODEL'],
  ...['ANTHROPIC_DEFAULT_OPUS_MODEL', 'ANTHROPIC_DEFAULT_SONNET_MODEL', 'ANTHROPIC_DEFAULT_HAIKU_MODEL'],
  ...['CLAUDE_CODE_MAX_CONTEXT_TOKENS', 'CLAUDE_CODE_SIMPLE', 'CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC'],
  ...['GEMINI_API_KEY', 'GOOGLE_GEMINI_BASE_URL', 'GEMINI_CLI_TRUST_WORKSPACE'],
  // What scripts of tests read.
  'AGENTS_CACHE',
  'MUTATION_TESTS',
  // What `npm run backup` reads.
  'BACKUP_PASSPHRASE',
  // Settings of other projects, which imports know.
  ...['DATA_SAVE_MODE', 'REDIS_URL', 'ENABLE_FILE_LOG', 'MODEL_MAP', 'SERVICE_PORT', 'LISTEN_ADDRESS'],
  // What the stack gives its functions.
  ...['TABLE_NAME', 'SECRET_KEY_PARAMETER'],
  // What docs/settings.md says is not here.
  ...sourceSettings.map(({ name }) => name),
]);

/** One word in capitals may be anything; two are a variable. */
const isName = (text: string) => /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(text);
const isKnown = (name: string) => Object.hasOwn(settings, name) || otherNames.has(name);

describe.each(paths)('%s', (_path, page) => {
  it('names npm scripts that are there', () => {
    const named = [...page.text.matchAll(/\bnpm run ([\w:-]+)|\bnpm (start|test)\b/g)].map(
      ([, run, short]) => run ?? short,
    );
    expect(named.filter((name = '') => !Object.hasOwn(scripts, name))).toEqual([]);
  });

  it('names settings that are there', () => {
    const named = codeSpansOf(page).map((span) => span.replace(/=.*$/s, ''));
    const assigned = fencesOf(page)
      .filter(({ language }) => language === 'bash')
      .flatMap(({ code }) => [...code.matchAll(/(?:^|\s)([A-Z][A-Z0-9_]{2,})=/gm)].map(([, name = '']) => name));
    expect([...named, ...assigned].filter((name) => isName(name) && !isKnown(name))).toEqual([]);
  });

  it('names choices of a deployment that are there', () => {
    const source = readFileSync('infra/gateway-options.ts', 'utf8');
    const named = [...page.text.matchAll(/-c (\w+)=/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !source.includes(`(node, '${name}'`))).toEqual([]);
  });
});

it('every choice of a deployment that owners make is in the README', () => {
  const source = readFileSync('infra/gateway-options.ts', 'utf8');
  const choices = [...source.matchAll(/\(node, '(\w+)'/g)].map(([, name = '']) => name);
  const readme = readFileSync('README.md', 'utf8');
  // The folder of the bundles is for tests.
  expect(choices.filter((name) => name !== 'bundleFolder' && !readme.includes(`-c ${name}=`))).toEqual([]);
});
