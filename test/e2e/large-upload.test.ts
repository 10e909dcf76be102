import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FunctionProcesses } from '../support/function-processes.ts';
import { openGateway, parsed, type TestGateway } from '../support/gateway.ts';
import { peakMemory } from '../support/peak-memory.ts';

const run = promisify(execFile);
/** Bytes of the film. `npm run test:uploads` sends the largest that the site takes. */
const size = Number(process.env.UPLOAD_MEGABYTES ?? 64) * 1_000_000;
/** Bytes by which no process may grow, whatever the film's length. */
const mostGrowth = 48_000_000;
const email = 'one@example.com';

const processes = new FunctionProcesses();
const functions: ChildProcess[] = [];
let simulator: ChildProcess;
let simulatorUrl: string;
let gateway: TestGateway;

beforeAll(async () => {
  // With a small young generation, what was let go is not counted as held.
  const words = ['--max-semi-space-size=1', 'local/simulator/main.ts', '--chunk-delay', '0'];
  simulator = spawn(process.execPath, words, {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  simulatorUrl = await firstLine(simulator);
  await control('POST', 'accounts', { email, password: 'correct horse' });
  gateway = await openGateway({ mode: 'dev', env: { QWEN_CHAT_PROXY_URL: simulatorUrl } });
});
afterAll(async () => {
  await gateway.close();
  processes.close();
  simulator.kill();
});

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('The simulator has no output.');
  for await (const line of createInterface(stdout)) return line;
  throw new Error('The simulator has ended.');
}

async function control(method: string, path: string, body?: object) {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${simulatorUrl}/__simulator/${path}`, {
    method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  });
  return parsed(answer);
}

/** Sends a request, and remembers the process of its function. */
async function send(path: string, body: object): Promise<Response> {
  const started = processes.next().then((child) => functions.push(child));
  const [answer] = await Promise.all([gateway.request('POST', path, body), started]);
  return answer;
}

const megabytes = (bytes: number | undefined) => (bytes === undefined ? '?' : (bytes / 1_000_000).toFixed(0));

it(`a film of ${megabytes(size)} MB passes no function, and fills no memory`, { timeout: 120_000 }, async () => {
  const announced = { filename: 'long.mp4', size, type: 'video/mp4' };
  const order = await parsed(await send('/api/files/sign', announced));
  const before = peakMemory(simulator.pid);
  const { stdout } = await run(process.execPath, ['test/support/send-file.ts', JSON.stringify({ ...order, size })]);
  const sent = JSON.parse(stdout);
  const after = peakMemory(simulator.pid);
  expect(sent.status).toBe(200);
  const content = [
    { type: 'text', text: 'What is it?' },
    { type: 'file', file: { file_id: order.id } },
  ];
  const question = { model: 'qwen3.7-plus', messages: [{ role: 'user', content }] };
  const answer = await parsed(await send('/v1/chat/completions', question));
  expect(JSON.stringify(answer)).toContain(`long.mp4 (video, ${size} bytes)`);
  expect(await control('GET', 'uploads')).toMatchObject([{ account: email, size, sha256: sent.sha256 }]);
  expect(await control('GET', 'violations')).toEqual([]);
  const peaks = functions.map(({ pid }) => megabytes(peakMemory(pid)));
  console.log(
    `${megabytes(size)} MB: peaks of ${megabytes(sent.memory)} MB in the client, ${megabytes(before)} MB before and ` +
      `${megabytes(after)} MB after in the storage, ${peaks.join(' and ')} MB in the functions.`,
  );
  if (before === undefined || after === undefined) return;
  expect(after - before).toBeLessThan(mostGrowth);
});
