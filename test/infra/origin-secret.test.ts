import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { synthesize } from './support/synthesize.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

interface Received {
  readonly request: IncomingMessage;
  readonly answer: Readonly<Record<string, unknown>>;
}

/** Where CloudFormation waits for a custom resource's answer. */
async function startWaitingRoom(status: number): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    received.push({ request, answer: JSON.parse(await text(request)) });
    response.writeHead(status).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/answer?signed`, received };
}

/** The generator as the template carries it: inline, as Lambda would load it. */
function loadGenerator(): (event: object) => Promise<void> {
  const functions = synthesize({ edge: 'true' }).findResources('AWS::Lambda::Function');
  const generator = Object.entries(functions).find(([id]) => id.startsWith('OriginSecretGenerator'))?.[1];
  const file = join(temporaryFolder(), 'index.js');
  writeFileSync(file, generator?.Properties.Code.ZipFile);
  return createRequire(file)(file).handler;
}

const event = {
  RequestType: 'Create',
  StackId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/QwenGateway/1',
  RequestId: 'request',
  LogicalResourceId: 'OriginSecretValue',
};

it('the deployed generator answers with a long random secret, to be kept unseen', async () => {
  const { url, received } = await startWaitingRoom(200);
  const generate = loadGenerator();
  await generate({ ...event, ResponseURL: url });
  await generate({ ...event, ResponseURL: url });
  expect(received[0]?.request.method).toBe('PUT');
  expect(received[0]?.request.headers['content-type']).toBe('');
  expect(received[0]?.answer).toEqual({
    Status: 'SUCCESS',
    StackId: event.StackId,
    RequestId: 'request',
    LogicalResourceId: 'OriginSecretValue',
    PhysicalResourceId: 'origin-secret',
    NoEcho: true,
    Data: { Value: expect.stringMatching(/^[\w-]{43}$/) },
  });
  expect(received[1]?.answer.Data).not.toEqual(received[0]?.answer.Data);
});

it('the generator fails when CloudFormation does not take the answer', async () => {
  const { url } = await startWaitingRoom(403);
  await expect(loadGenerator()({ ...event, ResponseURL: url })).rejects.toThrow('403');
});
