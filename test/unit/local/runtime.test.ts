import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { projectRoot } from '../../../local/assembly/project-root.ts';
import { type Runtime, type RuntimeOptions, startRuntime } from '../../../local/runtime.ts';
import { call } from './http-call.ts';
import { temporaryFolder } from './temporary-folder.ts';

// The first of these may have to bundle and synthesise.
const patience = { timeout: 120_000 };

async function start(mode: RuntimeOptions['mode'], env: Readonly<Record<string, string>> = {}): Promise<Runtime> {
  const runtime = await startRuntime({ mode, port: 0, stateFolder: join(await temporaryFolder(), 'state'), env });
  onTestFinished(() => runtime.close());
  return runtime;
}

async function ask({ url, adminKey }: Runtime, text: string): Promise<string> {
  const answer = await call(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'qwen3.7-plus', messages: [{ role: 'user', content: text }] }),
  });
  return JSON.parse(answer.text).choices?.[0].message.content ?? answer.text;
}

describe('runtimes', patience, () => {
  it('in mode dev share a process, each with its own state and simulator', async () => {
    const [one, other] = await Promise.all([start('dev'), start('dev')]);
    expect(await Promise.all([ask(one, 'repeat: one'), ask(other, 'repeat: other')])).toEqual(['one', 'other']);
    expect(one.adminKey).not.toBe(other.adminKey);
    const foreign = await call(`${one.url}/v1/models`, { headers: { authorization: `Bearer ${other.adminKey}` } });
    expect(foreign.status).toBe(401);
  });

  it('in mode start come one after the other', async () => {
    const first = await start('start');
    expect(await ask(first, 'repeat: first')).toBe('first');
    await expect(start('start')).rejects.toThrow('One process can run one runtime');
    await first.close();
    expect(await ask(await start('start'), 'repeat: second')).toBe('second');
  });

  it('in mode start keep the owner’s secrets and AWS settings from functions, and give them back at the end', async () => {
    vi.stubEnv('QWEN_TOKEN', 'secret');
    vi.stubEnv('AWS_PROFILE', 'owner');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'real');
    vi.stubEnv('LOG_LEVEL', 'debug');
    onTestFinished(() => void vi.unstubAllEnvs());
    const runtime = await start('start', { LOG_LEVEL: 'error', API_KEY: 'sk-one-of-my-own-keys' });
    const { QWEN_TOKEN, API_KEY, AWS_PROFILE, AWS_ACCESS_KEY_ID, LOG_LEVEL, TABLE_NAME } = process.env;
    expect([QWEN_TOKEN, API_KEY, AWS_PROFILE]).toEqual([undefined, undefined, undefined]);
    expect([AWS_ACCESS_KEY_ID, LOG_LEVEL, typeof TABLE_NAME]).toEqual(['local', 'error', 'string']);
    await runtime.close();
    expect([process.env.QWEN_TOKEN, process.env.AWS_ACCESS_KEY_ID, process.env.LOG_LEVEL]).toEqual([
      'secret',
      'real',
      'debug',
    ]);
    expect(process.env.TABLE_NAME).toBeUndefined();
  });

  it('start no simulator for an owner who has an account or an upstream', async () => {
    const withAccount = await start('dev', { ACCOUNTS: 'a@example.com:word' });
    expect([withAccount.simulator, withAccount.seeded.accountCount]).toEqual([undefined, 1]);
    const withUpstream = await start('dev', { QWEN_CHAT_PROXY_URL: 'http://127.0.0.1:9' });
    expect(withUpstream.simulator).toBeUndefined();
    expect(await ask(withUpstream, 'x')).toContain('upstream_unavailable');
  });

  it('that can’t be started leave the state folder free', async () => {
    const stateFolder = join(await temporaryFolder(), 'state');
    const options = { mode: 'dev', port: 0, stateFolder } as const;
    await expect(startRuntime({ ...options, env: { HOST: '192.0.2.1' } })).rejects.toThrow(
      'no address of this machine',
    );
    const runtime = await startRuntime({ ...options, env: {} });
    await runtime.close();
  });

  it('serve the bundles that would be deployed, unchanged', async () => {
    const bundle = () =>
      createHash('sha256')
        .update(readFileSync(join(projectRoot, 'dist/functions/models/index.mjs')))
        .digest('hex');
    await start('dev');
    const before = bundle();
    await start('dev');
    expect(bundle()).toBe(before);
  });
});
