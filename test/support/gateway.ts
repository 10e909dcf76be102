import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI from 'openai';
import { type Runtime, startRuntime } from '../../local/runtime.ts';
import { type Simulator, startSimulator } from '../../local/simulator/simulator.ts';
import { watchGateway } from './secret-watch/watch-gateway.ts';

/** A gateway on a simulator of the test's own, both on free ports, with a state folder that is removed at the end. */
export interface TestGateway {
  readonly runtime: Runtime;
  readonly simulator: Simulator;
  readonly adminKey: string;
  /** Every line that the runtime logged, and that functions wrote to it. */
  readonly lines: readonly string[];
  /** The official client, without its own retries. */
  readonly openai: OpenAI;
  /** Sends one request with the admin key, unless the headers say otherwise. */
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Tells of a secret that a test has made up itself: no log line and no answer of any gateway may hold it. */
  secret(text: string): void;
  close(): Promise<void>;
}

export interface TestGatewayOptions {
  readonly mode?: 'start' | 'dev';
  /** Addresses of the accounts; one when absent. */
  readonly accounts?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export const adminKey = 'sk-test-admin-key-0123456789';
const password = 'correct horse';

/** Starts both. The door is the public one: nothing of the gateway is reached in another way. */
export async function openGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const { mode = 'start', accounts = ['one@example.com'] } = options;
  const started = await startSimulator();
  const env = {
    API_KEY: adminKey,
    ACCOUNTS: accounts.map((email) => `${email}:${password}`).join(','),
    QWEN_CHAT_PROXY_URL: started.url,
    ACCOUNT_SPACING_MS: '0',
    // Everything is written that could be, so that the run's end can look through it.
    LOG_LEVEL: 'debug',
    ...options.env,
  };
  const watch = watchGateway({ mode, env, simulator: started });
  const { simulator } = watch;
  for (const email of accounts) simulator.control.accounts.add({ email, password });
  const stateFolder = await mkdtemp(join(tmpdir(), 'qwen-gateway-test-'));
  const lines: string[] = [];
  const runtime = await startRuntime({
    mode,
    port: 0,
    stateFolder,
    env,
    log(line) {
      lines.push(line);
      watch.line(line);
    },
  });
  watch.door(runtime.url);
  return {
    runtime,
    simulator,
    adminKey,
    lines,
    openai: new OpenAI({ baseURL: `${runtime.url}/v1`, apiKey: adminKey, maxRetries: 0 }),
    request(method, path, body, headers) {
      const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
      if (path.startsWith('/admin/')) watch.body(text ?? '');
      return send(runtime.url, method, path, text, headers);
    },
    secret: watch.secret,
    async close() {
      await runtime.close();
      await simulator.close();
      await watch.end(stateFolder);
      await rm(stateFolder, { recursive: true, force: true });
    },
  };
}

function send(
  url: string,
  method: string,
  path: string,
  body: string | undefined,
  headers: Record<string, string> = { authorization: `Bearer ${adminKey}` },
): Promise<Response> {
  return fetch(url + path, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body }),
  });
}

/** One user message. */
export function ask(text: string, more: object = {}): object {
  return { model: 'qwen3.7-plus', messages: [{ role: 'user', content: text }], ...more };
}

/** The JSON body of a response, for looking into. */
export async function parsed(response: Response) {
  return JSON.parse(await response.text());
}
