import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminKey, openGateway, type TestGateway } from '../../support/gateway.ts';
import { runProgram } from './running-program.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openGateway({ env: { SETTINGS_CACHE_SECONDS: '0' } });
}, 120_000);
afterAll(() => gateway.close());

/** `npm run settings` against the gateway; resolves when it has ended. */
async function settings(...words: readonly string[]) {
  const program = runProgram('settings', { API_KEY: adminKey }, [...words, '--url', gateway.runtime.url]);
  const [exitCode] = await program.ended;
  return { exitCode, text: program.lines.join('\n') };
}

describe('npm run settings', { timeout: 60_000 }, () => {
  it('sets, lists, takes away and undoes', async () => {
    const set = await settings('set', 'CHAT_TITLE=a = b');
    expect(set).toMatchObject({
      exitCode: 0,
      text: expect.stringMatching(/^name +value[\s\S]*CHAT_TITLE +a = b +live/),
    });
    await settings('set', 'OPEN_MODE=true');
    expect((await settings('unset', 'CHAT_TITLE')).text).toMatch(/CHAT_TITLE +OpenAI API Chat +default/);
    const live = await settings('list', '--live');
    expect(live.text).toMatch(/OPEN_MODE +true +live +false +yes/);
    expect(live.text).not.toContain('CHAT_TITLE');
    expect((await settings('list')).text).toMatch(/API_KEY +null +null +null +no|API_KEY +- +- +- +no/);
    const history = (await settings('history')).text.split('\n');
    expect(history).toHaveLength(3);
    expect(history[0]).toMatch(/^3 +2\S+Z +key-\w+ +CHAT_TITLE: "a = b" -> not set$/);
    expect(await settings('undo', '3')).toMatchObject({ exitCode: 0, text: expect.stringContaining('version 4') });
    expect((await settings('list', '--live')).text).toContain('a = b');
  });

  it.each([
    [1, 'IDLE_EVENT_SECONDS must be', ['set', 'IDLE_EVENT_SECONDS=99']],
    [1, 'NO_SUCH is no setting', ['unset', 'NO_SUCH']],
    [1, 'change_not_found', ['undo', '99']],
    [2, 'set needs NAME=VALUE', ['set', 'CHAT_TITLE']],
    [2, 'undo needs a version', ['undo', 'last']],
  ])('ends with %i and says %s', async (exitCode, words, line) => {
    expect(await settings(...line)).toMatchObject({ exitCode, text: expect.stringContaining(words) });
  });
});
