import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminKey, openGateway, type TestGateway } from '../../../support/gateway.ts';
import { type RunningProgram, runProgram } from '../running-program.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const password = 'correct horse';
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openGateway({ mode: 'dev' });
}, 120_000);
afterAll(() => gateway.close());

/** `npm run accounts` against the gateway; resolves when it has ended. */
async function accounts(...words: readonly string[]) {
  const program: RunningProgram = runProgram('accounts', { API_KEY: adminKey }, [
    ...words,
    '--url',
    gateway.runtime.url,
  ]);
  const [exitCode] = await program.ended;
  return { exitCode, lines: program.lines, text: program.lines.join('\n') };
}

async function fileOf(content: string): Promise<string> {
  const file = join(await temporaryFolder(), 'secret');
  await writeFile(file, `${content}\n`);
  return file;
}

describe('npm run accounts', { timeout: 60_000 }, () => {
  it('adds, lists, acts on and removes an account, secrets coming from files', async () => {
    gateway.simulator.control.accounts.add({ email: 'cli@example.com', password });
    const file = await fileOf(password);
    const added = await accounts('add', '--email', 'cli@example.com', '--password-file', file, '--label', 'by hand');
    expect(added).toMatchObject({ exitCode: 0, text: expect.stringMatching(/^account-\w+ added$/) });
    const id = added.text.split(' ')[0] ?? '';
    const listed = await accounts('list');
    expect(listed.lines[0]).toMatch(/^id +label +state/);
    expect(listed.text).toMatch(new RegExp(`${id} +by hand +ok`));
    for (const act of ['test', 'refresh', 'disable', 'enable', 'drain', 'relogin']) {
      const state = { disable: 'disabled', drain: 'draining', relogin: 'draining' }[act] ?? 'ok';
      expect(await accounts(act, id)).toMatchObject({ exitCode: 0, text: `${id} ${state}` });
    }
    const token = gateway.simulator.control.accounts.token('cli@example.com');
    const relogin = await accounts('relogin', id, '--token-file', await fileOf(token));
    expect(relogin).toMatchObject({ exitCode: 0, text: `${id} ok` });
    expect(await accounts('refresh', '--all')).toMatchObject({ exitCode: 0, text: expect.stringContaining('renewed') });
    expect(await accounts('remove', id)).toMatchObject({ exitCode: 0, text: `${id} deleted.` });
    expect((await accounts('list')).text).not.toContain(id);
  });

  it('imports and follows, or only starts and comes back', async () => {
    gateway.simulator.control.accounts.add({ email: 'many@example.com', password });
    const list = await fileOf(`many@example.com:${password}\nwrong@example.com:wrong\nnonsense`);
    const followed = await accounts('import', list, '--concurrency', '2');
    expect(followed.exitCode).toBe(4);
    expect(followed.lines[0]).toMatch(/^Warning: Entry 3/);
    expect(followed.lines.at(-1)).toBe('Import done: 1 of 2 imported, 1 failed, 0 waiting');
    expect(followed.text).not.toContain(password);
    const good = await fileOf(`[{"email":"many@example.com","password":"${password}"}]`);
    const detached = await accounts('import', good, '--detach');
    expect(detached).toMatchObject({ exitCode: 0 });
    const id = /import-\w+/.exec(detached.text)?.[0] ?? '';
    const again = await accounts('import', '--follow', id);
    expect(again).toMatchObject({ exitCode: 0, text: expect.stringContaining('1 of 1 imported') });
  });

  it('shows the audit log and checks it', async () => {
    await accounts('disable', 'account-unknown');
    const shown = await accounts('audit', '--limit', '2');
    expect(shown.lines[1]).toMatch(/account\.disable +account-unknown +failed +account_not_found/);
    expect(await accounts('audit', '--verify')).toMatchObject({
      exitCode: 0,
      text: expect.stringMatching(/^All \d+ entries/),
    });
  });

  it.each([
    [1, 'account_not_found', ['test', 'account-unknown']],
    [1, 'import_not_found', ['import', '--follow', 'import-unknown']],
    [1, 'invalid_api_key', ['list', '--key', 'sk-wrong']],
    [2, 'There is no command', ['explode']],
    [2, 'Unknown option', ['list', '--explode']],
    [2, 'needs the account', ['remove']],
    [2, "can't be read", ['add', '--token-file', '/nowhere/at/all']],
    [0, 'Exit codes', ['--help']],
  ])('ends with %i and says %s', async (exitCode, words, commandLine) => {
    expect(await accounts(...commandLine)).toMatchObject({ exitCode, text: expect.stringContaining(words) });
  });

  it('ends with 3 when nobody answers, and with 2 without a key', async () => {
    const unreachable = runProgram('accounts', { API_KEY: adminKey }, ['list', '--url', 'http://127.0.0.1:9']);
    expect(await unreachable.ended).toEqual([3, null]);
    const keyless = runProgram('accounts', {}, ['list']);
    expect(await keyless.ended).toEqual([2, null]);
  });
});
