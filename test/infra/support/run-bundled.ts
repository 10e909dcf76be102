import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { bundleFunctions } from '../../../infra/bundle.ts';
import { projectRoot } from './cdk-command.ts';
import { temporaryFolder } from './temporary-folder.ts';

const run = promisify(execFile);

interface Call {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type Answer = readonly [status: number, body: object];

/** A server that answers every call alike and remembers it. */
export async function startServer(answer: Answer): Promise<{ url: string; calls: Call[] }> {
  const calls: Call[] = [];
  const server = createServer(async (request, response) => {
    calls.push({ headers: request.headers, body: (await buffer(request)).toString() });
    response.writeHead(answer[0], { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer[1]));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, calls };
}

/** Bundles a handler as functions are, runs it in a process of its own, and gives what it returns. */
export async function runBundled(source: string, environment: Readonly<Record<string, string>>): Promise<unknown> {
  const root = temporaryFolder();
  symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'));
  mkdirSync(join(root, 'functions/one'), { recursive: true });
  writeFileSync(join(root, 'functions/one/handler.ts'), source);
  await bundleFunctions({ root, names: ['one'] });
  const script = `const { handler } = await import('./dist/functions/one/index.mjs');
    const answer = await handler().catch((error) => ({ error: error.name, message: error.message }));
    process.stdout.write(JSON.stringify(answer ?? null), () => process.exit(0));`;
  const env = { PATH: process.env.PATH, AWS_REGION: 'us-east-1', ...environment };
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], { cwd: root, env });
  return JSON.parse(stdout);
}
