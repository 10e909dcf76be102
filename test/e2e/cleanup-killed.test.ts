import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { type Simulator, startSimulator } from '../../local/simulator/simulator.ts';
import { FunctionProcesses } from '../support/function-processes.ts';
import { adminKey, openGateway } from '../support/gateway.ts';
import { runProgram } from '../unit/local/running-program.ts';
import { temporaryFolder } from '../unit/local/temporary-folder.ts';

const emails = ['one@example.com', 'two@example.com'];
const chatCount = 12;
const keptCount = 3;
const settings = { ACCOUNT_SPACING_MS: '0', ACCOUNT_LEASE_SECONDS: '5' };
const cleanupForm = z.object({ id: z.string(), state: z.string(), deleted: z.number(), failed: z.number() });
const listForm = z.object({ chats: z.array(z.object({ chatId: z.string() })) });

/** A client of whatever gateway is there just now; asks again until somebody answers. */
class PatientClient {
  url = '';

  async call<Form>(form: z.ZodType<Form>, method: string, path: string, body?: object): Promise<Form> {
    for (;;) {
      try {
        const response = await fetch(this.url + path, {
          method,
          headers: { 'content-type': 'application/json', authorization: `Bearer ${adminKey}` },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        if (response.ok) return form.parse(await response.json());
        await response.text();
      } catch {
        // Whoever was to answer is gone.
      }
      await delay(100);
    }
  }

  async makeChats(): Promise<readonly string[]> {
    for (let count = 0; count < chatCount; count += 1) await this.call(z.object({}), 'POST', '/api/chats', {});
    return this.listed();
  }

  async listed(): Promise<readonly string[]> {
    const { chats } = await this.call(listForm, 'GET', '/api/chats?limit=100');
    return chats.map(({ chatId }) => chatId);
  }

  async whenDone(id: string): Promise<z.infer<typeof cleanupForm>> {
    for (;;) {
      const cleanup = await this.call(cleanupForm, 'GET', `/api/chats/cleanup/${id}`);
      if (cleanup.state === 'done') return cleanup;
      await delay(100);
    }
  }
}

function upstreamIds({ control }: Simulator): readonly string[] {
  return emails.flatMap((email) => control.chats(email)).map(({ id }) => id);
}

/** Resolves when the simulator has deleted so many chats. */
async function deletions({ control }: Simulator, count: number): Promise<void> {
  let seen = 0;
  const counted = new Set<number>();
  while (seen < count) {
    const entry = await control.waitFor(
      ({ route, outcome, number }) => route === 'chat-delete' && outcome === 'answered' && !counted.has(number),
    );
    counted.add(entry.number);
    seen += 1;
  }
}

describe('a clean-up whose doers are killed', () => {
  it('deletes exactly its chats when workers die in the middle, again and again', { timeout: 120_000 }, async () => {
    const processes = new FunctionProcesses();
    onTestFinished(() => processes.close());
    const gateway = await openGateway({ mode: 'dev', accounts: emails, env: settings });
    onTestFinished(() => gateway.close());
    const client = new PatientClient();
    client.url = gateway.runtime.url;
    const all = await client.makeChats();
    gateway.simulator.control.fault({ fault: 'slow-head', route: 'chat-delete', ms: 100, times: 100 });
    const { id } = await client.call(cleanupForm, 'POST', '/api/chats/cleanup', { maxChats: keptCount });
    for (const count of [1, 3, 6]) {
      await deletions(gateway.simulator, count);
      await processes.killAll();
    }
    expect(await client.whenDone(id)).toMatchObject({ deleted: chatCount - keptCount, failed: 0 });
    expect(await client.listed()).toEqual(all.slice(0, keptCount));
    expect(upstreamIds(gateway.simulator).toSorted()).toEqual(all.slice(0, keptCount).toSorted());
  });

  it('goes on when everything is killed and started again', { timeout: 180_000 }, async () => {
    const simulator = await startSimulator();
    onTestFinished(() => simulator.close());
    for (const email of emails) simulator.control.accounts.add({ email, password: 'correct horse' });
    const environment = {
      ...settings,
      STATE_FOLDER: join(await temporaryFolder(), 'state'),
      QWEN_CHAT_PROXY_URL: simulator.url,
      API_KEY: adminKey,
      ACCOUNTS: emails.map((email) => `${email}:correct horse`).join(','),
      PORT: '0',
    };
    const client = new PatientClient();
    const start = async () => {
      const program = runProgram('start', environment);
      client.url = (await program.line(/^Native base URL/)).replace(/^Native base URL\s+/, '').replace(/\/api$/, '');
      return program;
    };
    let program = await start();
    const all = await client.makeChats();
    simulator.control.fault({ fault: 'slow-head', route: 'chat-delete', ms: 200, times: 100 });
    const { id } = await client.call(cleanupForm, 'POST', '/api/chats/cleanup', { maxChats: keptCount });
    await deletions(simulator, 2);
    program.process.kill('SIGKILL');
    await program.ended;
    expect(upstreamIds(simulator).length).toBeGreaterThan(keptCount);
    program = await start();
    expect(await client.whenDone(id)).toMatchObject({ deleted: chatCount - keptCount, failed: 0 });
    expect(await client.listed()).toEqual(all.slice(0, keptCount));
    expect(upstreamIds(simulator).toSorted()).toEqual(all.slice(0, keptCount).toSorted());
  });
});
