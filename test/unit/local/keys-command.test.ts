import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminKey, openGateway, type TestGateway } from '../../support/gateway.ts';
import { runProgram } from './running-program.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openGateway();
}, 120_000);
afterAll(() => gateway.close());

/** `npm run keys` against the gateway; resolves when it has ended. */
async function keys(...words: readonly string[]) {
  const program = runProgram('keys', { API_KEY: adminKey }, [...words, '--url', gateway.runtime.url]);
  const [exitCode] = await program.ended;
  return { exitCode, lines: program.lines, text: program.lines.join('\n') };
}

/** The fields of one key as the admin API has it. */
async function shown(id: string): Promise<unknown> {
  return (await gateway.request('GET', `/admin/keys/${id}`)).json();
}

describe('npm run keys', { timeout: 60_000 }, () => {
  it('adds, lists, changes and removes a key, and shows the key itself once', async () => {
    const limits = ['--expires', '2099-01-31', '--models', 'qwen3.7-plus,gpt-*', '--routes', 'chat,images'];
    const added = await keys('add', '--name', 'laptop', '--conversations', 'always-new', ...limits);
    expect(added).toMatchObject({ exitCode: 0, lines: [expect.stringMatching(/^key-\w+ added/), expect.any(String)] });
    const [id = ''] = added.text.split(' ');
    const key = added.lines[1] ?? '';
    expect(key).toMatch(/^sk-[\w-]{43}$/);
    expect(await shown(id)).toMatchObject({
      name: 'laptop',
      role: 'user',
      expires_at: '2099-01-31T00:00:00.000Z',
      models: ['qwen3.7-plus', 'gpt-*'],
      routes: ['chat', 'images'],
      conversations: 'always-new',
    });
    const listed = await keys('list');
    expect(listed.lines[0]).toMatch(/^id +name +role +source +state/);
    expect(listed.text).toMatch(
      new RegExp(`${id} +laptop +user +admin +ok +2099\\S+ +qwen3.7-plus,gpt-\\* +chat,images`),
    );
    expect(listed.text).not.toContain(key);
    expect(listed.text).not.toContain(adminKey);
    const open = ['--models', '', '--routes', '', '--expires', '', '--conversations', ''];
    expect(await keys('set', id, '--role', 'admin', ...open)).toMatchObject({ exitCode: 0 });
    const free = { name: 'laptop', role: 'admin', expires_at: null, models: [], routes: [], conversations: null };
    expect(await shown(id)).toMatchObject(free);
    const response = await gateway.request('GET', '/admin/keys', undefined, { authorization: `Bearer ${key}` });
    expect(response.status).toBe(200);
    expect(await keys('remove', id)).toMatchObject({ exitCode: 0, text: `${id} removed.` });
    expect(await shown(id)).toMatchObject({ error: { code: 'key_not_found' } });
  });

  it.each([
    [1, 'key_not_found', ['remove', 'key-unknown']],
    [1, "'models' must be", ['add', '--name', 'a', '--models', 'a*b']],
    [1, "'expires_at' must", ['add', '--name', 'a', '--expires', 'tomorrow']],
    [1, 'invalid_api_key', ['list', '--key', 'sk-wrong']],
    [2, 'add needs --name', ['add']],
    [2, 'set needs something', ['set', 'key-unknown']],
    [2, "needs the key's id", ['remove']],
    [2, 'There is no command', ['explode']],
    [2, 'Unknown option', ['list', '--explode']],
    [0, 'Exit codes', ['--help']],
  ])('ends with %i and says %s', async (exitCode, words, commandLine) => {
    expect(await keys(...commandLine)).toMatchObject({ exitCode, text: expect.stringContaining(words) });
  });

  it('ends with 2 without a key', async () => {
    expect(await runProgram('keys', {}, ['list']).ended).toEqual([2, null]);
  });
});
