import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminKey, ask, openGateway, type TestGateway } from '../../support/gateway.ts';
import { soon } from '../../support/made-keys.ts';
import { runProgram } from './running-program.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openGateway();
  for (const text of ['one', 'two']) await gateway.request('POST', '/v1/chat/completions', ask(`repeat: ${text}`));
}, 120_000);
afterAll(() => gateway.close());

/** `npm run usage` against the gateway; resolves when it has ended. */
async function usage(...words: readonly string[]) {
  const program = runProgram('usage', { API_KEY: adminKey }, [...words, '--url', gateway.runtime.url]);
  const [exitCode] = await program.ended;
  return { exitCode, lines: program.lines, text: program.lines.join('\n') };
}

describe('npm run usage', { timeout: 60_000 }, () => {
  it('shows what was used as a table with its sum, and as CSV', async () => {
    await soon(async () => expect((await usage('show')).text).toMatch(/^total +2 /m));
    const { exitCode, lines } = await usage('show', '--by', 'model,key');
    expect(exitCode).toBe(0);
    expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d, UTC$/);
    expect(lines[1]).toMatch(/^model +key +key_name +requests +errors/);
    expect(lines[2]).toMatch(/^qwen3.7-plus +key-\w+ +\S.*? +2 +0 +0 /);
    expect(lines[3]).toMatch(/^total +- +- +2 /);
    const csv = await usage('show', '--by', 'model', '--model', 'qwen3.7-plus', '--csv');
    expect(csv.lines[0]).toMatch(/^model,requests,errors,/);
    expect(csv.lines[1]).toMatch(/^qwen3.7-plus,2,0,/);
    expect((await usage('show', '--by', '')).lines[2]).toMatch(/^2 +0 +0 /);
  });

  it.each([
    [1, "'from' must be a day", ['show', '--from', 'yesterday']],
    [1, "'group_by' must be", ['show', '--by', 'hour']],
    [2, 'A command is missing', []],
    [2, 'Unknown option', ['show', '--explode']],
    [0, 'Exit codes', ['--help']],
  ])('ends with %i and says %s', async (exitCode, words, commandLine) => {
    expect(await usage(...commandLine)).toMatchObject({ exitCode, text: expect.stringContaining(words) });
  });
});
