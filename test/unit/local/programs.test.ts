import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ensureAssembly } from '../../../local/assembly/assembly.ts';
import { readTemplate } from '../../../local/assembly/template.ts';
import { StoreProcess } from '../../../local/store/store-process.ts';
import { call, openCall } from './http-call.ts';
import { type RunningProgram, runProgram } from './running-program.ts';
import { temporaryFolder } from './temporary-folder.ts';

// The first of these may have to bundle and synthesise.
const patience = { timeout: 120_000 };
const body = JSON.stringify({ model: 'qwen3.7-plus', messages: [{ role: 'user', content: 'repeat: pong' }] });
const longBody = JSON.stringify({
  model: 'qwen3.7-plus',
  stream: true,
  messages: [{ role: 'user', content: 'count to 5000' }],
});

async function settingsOf(): Promise<Readonly<Record<string, string>>> {
  return { STATE_FOLDER: join(await temporaryFolder(), 'state'), PORT: '0' };
}

async function baseUrl(program: RunningProgram): Promise<string> {
  return (await program.line(/^OpenAI base URL/)).replace(/^OpenAI base URL\s+/, '');
}

async function adminKey(program: RunningProgram): Promise<string> {
  return /sk-\S+/.exec(await program.line(/^Admin key/))?.[0] ?? '';
}

const post = (key: string, content: string) => ({
  method: 'POST',
  headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
  body: content,
});

/** Whether nobody listens there any more. */
async function isClosed(url: string): Promise<boolean> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const result = await Promise.race([
    once(socket, 'connect').then(() => false),
    once(socket, 'error').then(() => true),
  ]).catch(() => true);
  socket.destroy();
  return result;
}

function isGone(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return false;
  } catch {
    return true;
  }
}

describe.each(['start', 'dev'])('npm run %s', patience, (name) => {
  it('serves a chat of the simulator, logs it, and leaves nothing behind after Ctrl-C', async () => {
    const program = runProgram(name, await settingsOf());
    const url = await baseUrl(program);
    await program.line(/SIMULATOR/);
    const answer = await call(`${url}/chat/completions`, post(await adminKey(program), body));
    expect([answer.status, answer.headers['x-qwen-upstream']]).toEqual([200, 'simulator']);
    expect(JSON.parse(answer.text).choices[0].message.content).toBe('pong');
    const id = String(answer.headers['x-request-id']);
    expect(await program.line(new RegExp(`^[\\d:.]{12} ${id} POST /v1/chat/completions`))).toMatch(
      / 200 first byte .* ms, .* ms, \d+ bytes$/,
    );
    expect((await call(`${url}/nowhere`)).status).toBe(404);
    program.process.kill('SIGINT');
    expect(await program.ended).toEqual([0, null]);
    expect(await isClosed(url)).toBe(true);
  });

  it('ends also in the middle of an answer, and with two signals for one key press', async () => {
    const program = runProgram(name, await settingsOf());
    const url = await baseUrl(program);
    const response = await openCall(`${url}/chat/completions`, post(await adminKey(program), longBody));
    await once(response, 'data');
    response.on('error', () => {});
    program.process.kill('SIGTERM');
    program.process.kill('SIGTERM');
    expect(await program.ended).toEqual([0, null]);
  });

  it('goes on when the reader of its log has left, and ends when told to', async () => {
    const program = runProgram(name, await settingsOf());
    const url = await baseUrl(program);
    const key = await adminKey(program);
    await program.line(/^ {2}-d /);
    program.process.stdout?.destroy();
    program.process.stderr?.destroy();
    for (const turn of [1, 2]) {
      const answer = await call(`${url}/chat/completions`, post(key, body));
      expect([turn, answer.status]).toEqual([turn, 200]);
    }
    const exited = once(program.process, 'exit');
    program.process.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
  });

  it('that is killed takes its children with it, and starts again with the same keys', async () => {
    const settings = await settingsOf();
    const program = runProgram(name, settings);
    const key = await adminKey(program);
    await call(`${await baseUrl(program)}/chat/completions`, post(key, body));
    program.process.kill('SIGKILL');
    // The children hold its stdout: it closes when the last of them has ended.
    await program.ended;
    expect(isGone(program.process.pid ?? 0)).toBe(true);
    const again = runProgram(name, settings);
    const answer = await call(`${await baseUrl(again)}/models`, { headers: { authorization: `Bearer ${key}` } });
    expect(answer.status).toBe(200);
    expect(again.lines.join()).not.toContain('Admin key');
  });
});

describe('an owner’s mistake gives one line and exit code 1:', patience, () => {
  it('a second runtime on one state folder, or on one port; a reset while one runs', async () => {
    const settings = await settingsOf();
    const first = runProgram('start', settings);
    const url = await baseUrl(first);
    const second = runProgram('start', settings);
    expect(await second.ended).toEqual([1, null]);
    expect(second.lines).toEqual([expect.stringContaining(`Process ${first.process.pid} uses`)]);
    const { port } = new URL(url);
    const third = runProgram('start', { ...(await settingsOf()), PORT: port });
    expect(await third.ended).toEqual([1, null]);
    expect(third.lines).toEqual([`Port ${port} is taken. Set PORT to a free one, or to 0 for any.`]);
    const reset = runProgram('reset', settings);
    expect(await reset.ended).toEqual([1, null]);
    first.process.kill('SIGINT');
    await first.ended;
    expect(await runProgram('reset', settings).ended).toEqual([0, null]);
  });

  it('a wrong setting', async () => {
    const program = runProgram('start', { ...(await settingsOf()), PORT: 'many' });
    expect(await program.ended).toEqual([1, null]);
    expect(program.lines).toEqual(['Invalid settings:', '- PORT must be a whole number from 0 to 65535.']);
  });

  it('an import without a target', async () => {
    for (const commandLine of [[], ['--table', 'x'], ['--unknown']]) {
      const program = runProgram('import', {}, commandLine);
      expect(await program.ended).toEqual([1, null]);
      expect(program.lines.at(-1)).toMatch(/^Usage: npm run import/);
    }
  });
});

describe('npm run import', patience, () => {
  it('brings accounts and keys into a table that AWS serves, and makes the secret key', async () => {
    const store = new StoreProcess(await temporaryFolder(), () => {});
    onTestFinished(() => store.close());
    await store.open();
    const { templatePath } = await ensureAssembly(() => {});
    const { tables, variables } = await readTemplate(templatePath);
    await store.createTables(tables, variables);
    const { TABLE_NAME = '', SECRET_KEY_PARAMETER = '' } = variables;
    const settings = {
      AWS_ACCESS_KEY_ID: 'owner',
      AWS_SECRET_ACCESS_KEY: 'owner',
      AWS_ENDPOINT_URL_DYNAMODB: store.address.tableUrl,
      AWS_ENDPOINT_URL_SSM: store.address.parameterUrl,
      ACCOUNTS: 'a@example.com:pass-word,b@example.com:pass-word',
    };
    const commandLine = ['--table', TABLE_NAME, '--parameter', SECRET_KEY_PARAMETER, '--region', 'eu-central-1'];
    const first = runProgram('import', settings, commandLine);
    expect(await first.ended).toEqual([0, null]);
    expect(first.lines).toContain('Accounts: 2 added, 0 changed, 0 unchanged; 2 in all.');
    expect(await first.line(/^Admin key, shown only this once: sk-/)).toBeDefined();
    expect(first.lines.join()).not.toContain('pass-word');
    const second = runProgram('import', { ...settings, API_KEY: 'sk-one-of-my-own-keys' }, commandLine);
    expect(await second.ended).toEqual([0, null]);
    expect(second.lines).toEqual([
      'Accounts: 0 added, 0 changed, 2 unchanged; 2 in all.',
      'Keys: 1 added, 0 changed, 0 unchanged, 0 removed.',
    ]);
  });
});
