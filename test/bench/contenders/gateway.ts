import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import packageFile from '../../../package.json' with { type: 'json' };
import { settings } from '../../../shared/settings.ts';
import { makeToken } from '../../support/jwt.ts';
import { readStoreCalls } from '../measure/store-calls.ts';
import { readMemory } from '../measure/upload-memory.ts';
import { endProgram, pidOf } from '../programs/start-program.ts';
import type { Contender } from './contender.ts';

const projectRoot = fileURLToPath(new URL('../../..', import.meta.url));
// Loaded last, so that the compile cache has it too.
const observers = ['./test/bench/contenders/count-store-calls.ts', './test/bench/contenders/tell-memory.ts'];
const gatewayKey = 'sk-benchmark-0123456789abcdef';
/** Printed by the banner when everything is up. */
const baseUrlLine = /^OpenAI base URL\s+(\S+)/;

export interface GatewayOptions {
  readonly upstreamUrl: string;
  readonly stateFolder: string;
  /** What is to differ from the benchmark's own settings. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** The gateway, which also tells what it asked of its table. */
export interface Gateway extends Contender {
  /** How often each operation of DynamoDB was called so far, by its name. */
  readonly storeCalls: () => Promise<Readonly<Record<string, number>>>;
  /** Bytes in use, garbage aside: V8's heap, and what buffers have beside it. */
  readonly memory: () => Promise<number>;
}

/** Starts what `npm start` starts, without npm in between. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const [, ...startArguments] = packageFile.scripts.start.split(' ');
  const child = spawn(
    process.execPath,
    startArguments.toSpliced(-1, 0, ...observers.flatMap((file) => ['--import', file])),
    {
      cwd: projectRoot,
      env: environment(options),
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    },
  );
  const url = await chatUrl(child);
  const storeCalls = () => readStoreCalls(child);
  const memory = () => readMemory(child);
  const close = () => endProgram(child);
  return { name: 'gateway', url, headers: keyHeader, pid: pidOf(child), storeCalls, memory, close };
}

/** Starts the gateway with `npm start` itself. */
export async function npmStart(options: GatewayOptions): Promise<Contender> {
  // A group of its own, to be ended as Ctrl-C ends it: by a signal to all of it.
  const child = spawn('npm', ['start', '--silent'], {
    cwd: projectRoot,
    env: environment(options),
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const url = await chatUrl(child);
  const close = async () => {
    const gone = once(child, 'close');
    process.kill(-pidOf(child), 'SIGINT');
    await gone;
  };
  return { name: 'npm start', url, headers: keyHeader, close };
}

/** One account serves one request at a time, so there are more of them than requests in flight. */
const tokens = Array.from({ length: 256 }, (_, number) =>
  makeToken({ id: `benchmark-${number}`, exp: 4_102_444_800 }),
).join(',');

const keyHeader = { authorization: `Bearer ${gatewayKey}` };

/** Every setting of the owner is blanked: this gateway knows the benchmark's upstream only. */
function environment({ upstreamUrl, stateFolder, settings: own }: GatewayOptions): NodeJS.ProcessEnv {
  const blank = Object.fromEntries(Object.keys(settings).map((name) => [name, '']));
  return {
    ...process.env,
    ...blank,
    PORT: '0',
    HOST: '127.0.0.1',
    STATE_FOLDER: stateFolder,
    QWEN_CHAT_PROXY_URL: upstreamUrl,
    QWEN_TOKENS: tokens,
    ACCOUNT_SPACING_MS: '0',
    API_KEY: gatewayKey,
    ...own,
  };
}

/** Reads the log on, so that the gateway never waits for its reader. */
function chatUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error('The gateway ended before it was up.')));
    if (child.stdout === null) throw new Error('The gateway has no output to read.');
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      const [, baseUrl] = baseUrlLine.exec(line) ?? [];
      if (baseUrl === undefined) return;
      lines.removeAllListeners('line').close();
      child.stdout?.resume();
      resolve(`${baseUrl}/chat/completions`);
    });
  });
}
