import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createInterface, type Interface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../../local/simulator/simulator.ts';
import { lane, readAccount } from '../../../shared/accounts/account.ts';
import { addAccount } from '../../../shared/accounts/add-account.ts';
import { SecretBox } from '../../../shared/secrets/secret-box.ts';
import { accountKey } from '../../../shared/store/keys.ts';
import { createQwenWebUpstream } from '../../../shared/upstreams/qwen-web/qwen-web-upstream.ts';
import { type DynaliteServer, startDynalite, type TestTable } from '../../support/dynalite-table.ts';
import { type ParameterStore, startParameterStore } from '../../support/parameter-store.ts';

const key = randomBytes(32);
const box = new SecretBox(async () => key);
const password = 'correct horse';
let dynalite: DynaliteServer;
let parameters: ParameterStore;
let simulator: Simulator;
let test: TestTable;
let processes: Instance[];

beforeEach(async () => {
  [dynalite, parameters, simulator] = await Promise.all([startDynalite(), startParameterStore(), startSimulator()]);
  parameters.parameters.set('/key', { value: key.toString('base64'), type: 'SecureString' });
  test = await dynalite.newTable();
  processes = await Promise.all([Instance.start(), Instance.start()]);
});
afterEach(async () => {
  for (const instance of processes) instance.kill();
  await Promise.all([dynalite.close(), parameters.close(), simulator.close()]);
});

/** What the deployment gives its functions. */
function environment(): Record<string, string | undefined> {
  return {
    PATH: process.env.PATH,
    TABLE_NAME: test.name,
    SECRET_KEY_PARAMETER: '/key',
    QWEN_CHAT_PROXY_URL: simulator.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: dynalite.url,
    AWS_ENDPOINT_URL_SSM: parameters.url,
  };
}

/** The gateway in a process of its own. */
class Instance {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(child: ChildProcess, lines: Interface) {
    this.#child = child;
    this.#lines = lines[Symbol.asyncIterator]();
  }

  static async start(): Promise<Instance> {
    const child = spawn(process.execPath, ['test/support/renewing-process.ts'], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: environment(),
    });
    const instance = new Instance(child, createInterface(child.stdout));
    expect(await instance.#next()).toBe('ready');
    return instance;
  }

  /** Has it read an account, as a request does before it finds that the token is of no use. */
  async look(accountId: string): Promise<void> {
    this.#child.stdin?.write(`look ${accountId}\n`);
    expect(await this.#next()).toBe('seen');
  }

  async renew(): Promise<string> {
    this.#child.stdin?.write('renew\n');
    return this.#next();
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  async #next(): Promise<string> {
    const { value, done } = await this.#lines.next();
    return done === true ? 'gone' : value;
  }
}

/** An account with a refresh token, signed in as its owner's browser would be. */
async function addSignedIn(email: string): Promise<string> {
  simulator.control.accounts.add({ email, password, signInWith: 'access' });
  const upstream = createQwenWebUpstream({ baseUrl: simulator.url, idleSeconds: 10, chatTitle: '' });
  const { token, refreshToken } = await upstream.signIn(email, password, AbortSignal.timeout(10_000));
  const { id } = await addAccount(test.table, box, { email, password, token, refreshToken }, 'test');
  return id;
}

function seen(route: string): number {
  return simulator.control.requests().filter((request) => request.route === route).length;
}

describe('two processes', () => {
  it('that renew one account at once use its refresh token once', async () => {
    const rounds = 8;
    for (let round = 0; round < rounds; round++) {
      const id = await addSignedIn(`user${round}@example.com`);
      await Promise.all(processes.map((instance) => instance.look(id)));
      const [one, other] = await Promise.all(processes.map((instance) => instance.renew()));
      expect(one).toMatch(/^[0-9a-f]{64}$/);
      expect(other).toBe(one);
    }
    expect(seen('refresh')).toBe(rounds);
    expect(simulator.control.violations()).toEqual([]);
  });

  it('of which one dies in the middle use it once as well: the other signs in', async () => {
    const id = await addSignedIn('user@example.com');
    const signIns = seen('sign-in');
    simulator.control.fault({ fault: 'stall-before-head', route: 'refresh' });
    const [first, second] = processes;
    await Promise.all(processes.map((instance) => instance.look(id)));
    const cutOff = first?.renew();
    await simulator.control.waitFor(({ route }) => route === 'refresh');
    first?.kill();
    expect(await cutOff).toBe('gone');
    // The lease of the dead one is over when its time has come, which the test does not wait for.
    const row = await test.table.get(accountKey(lane, id), { consistent: true });
    expect(row).toMatchObject({ refreshSent: true, renewalOwner: expect.any(String) });
    await test.table.update(accountKey(lane, id), { set: { renewalUntil: 1 } });
    expect(await second?.renew()).toMatch(/^[0-9a-f]{64}$/);
    expect([seen('refresh'), seen('sign-in')]).toEqual([1, signIns + 1]);
    const renewed = readAccount((await test.table.get(accountKey(lane, id), { consistent: true })) ?? {});
    expect(renewed).toMatchObject({ hasToken: true, canRefresh: true, renewal: { fence: 2, refreshSent: false } });
    expect(simulator.control.violations()).toEqual([]);
  });
});

describe('the scheduled function', () => {
  const script = `
    const { handler } = await import('./functions/refresh-accounts/handler.ts');
    const report = await handler({}, { getRemainingTimeInMillis: () => 240_000 });
    process.stdout.write(JSON.stringify(report) + '\\n');`;

  async function call(): Promise<unknown> {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { env: environment() });
    const output = await text(child.stdout);
    expect(output).not.toMatch(/eyJ|refresh-[0-9a-f]{8}/);
    return JSON.parse(output.trim().split('\n').at(-1) ?? '');
  }

  it('renews what ends soon, and leaves the rest', async () => {
    const due = await addSignedIn('due@example.com');
    await addSignedIn('later@example.com');
    await test.table.update(accountKey(lane, due), { set: { tokenExpiresAt: Date.now() + 300_000 } });
    expect(await call()).toEqual({ accounts: 2, due: 1, renewed: 1, failed: [], left: 0 });
    const renewed = readAccount((await test.table.get(accountKey(lane, due), { consistent: true })) ?? {});
    expect(renewed?.tokenExpiresAt).toBeGreaterThan(Date.now() + 600_000);
    expect(seen('refresh')).toBe(1);
    expect(await call()).toMatchObject({ due: 0, renewed: 0 });
  });
});
