import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../local/assembly/project-root.ts';

/** Who makes objects that have a `state`, and what for. Only the first of them is an account's row. */
const makers: Readonly<Record<string, string>> = {
  'shared/accounts/state-change.ts': 'writes rows, as the published state machine says',
  'shared/accounts/account-change.ts': 'changes what this instance knows, as it has just been written',
  'shared/accounts/account.ts': 'reads rows',
  'shared/accounts/account-health.ts': 'shows accounts',
  'shared/accounts/availability.ts': 'says why an account can’t serve',
  'shared/accounts/owner-acts.ts': 'asks for a change, and tells what became of it',
  'shared/accounts/store-account.ts': 'asks for a change of the row as it is stored',
  'shared/accounts/replace-secret.ts': 'demands that the row’s state is still the one that was read',
  'shared/accounts/restore-account.ts': 'demands that the row’s state is still the one that was read',
  'shared/accounts/slot-claim.ts': 'demands that the row’s state is still the one that was read',
  'shared/alerts/alert-challenges.ts': 'demands that the row’s state is still the one that was read',
  'shared/admin/accounts/describe-account.ts': 'shows accounts',
  'shared/endpoints/show-info.ts': 'shows the state of the whole gateway',
  'shared/endpoints/show-status.ts': 'shows accounts',
};

/** A value for `state` in an object, in the long or the short form, or by a quoted name. Types say `readonly`. */
const property = /(?<!readonly )(?<![#\w.?(])state\??:(?! AccountState)/;
const shorthand = /(?<!(?:const|let) )(?<!\()\{(?:[^{}]*,)?\s*state\s*[,}](?![^\n]*\)\s*(?::|=>|\{))(?!\s*=\s)/;
const quoted = /\[['"`]state['"`]\]|['"`]state['"`]\s*:/;

function makesState(source: string): boolean {
  const code = source.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*|\$\{\w+\}/g, '');
  return [property, shorthand, quoted].some((form) => form.test(code));
}

describe('states of accounts', () => {
  const sources = globSync('shared/{accounts,admin/accounts,alerts,composition,endpoints,relay}/**/*.ts', {
    cwd: projectRoot,
  });

  it('are written by one file, which asks the published state machine', () => {
    const found = sources.filter((path) => makesState(readFileSync(join(projectRoot, path), 'utf8')));
    expect(found.toSorted()).toEqual(Object.keys(makers).toSorted());
  });

  it.each([
    "table.update(key, { set: { state: 'ok' } })",
    'const set = { ...attributes, state };',
    'const set = { state, reason };',
    'const set = { secret: sealed, state, label };',
    "const set = { ['state']: 'ok' };",
    "const set = { 'state': to };",
    "return { ...(isInvalid && { state: 'ok' }) };",
  ])('would be seen in %s', (code) => {
    expect(makesState(code)).toBe(true);
  });

  it.each([
    'const { id, state } = account;',
    'const { state, secret } = account;',
    'function forget({ id, state }: Account): void {}',
    'accounts.some(({ state }) => state === 1)',
    'interface Row { readonly state: AccountState; }',
    '// { state: 1 }',
    "#state: 'busy' = 'busy';",
  ])('are only read in %s', (code) => {
    expect(makesState(code)).toBe(false);
  });
});
