import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bundleFunctions } from '../../infra/bundle.ts';
import { projectRoot } from './support/cdk-command.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const run = promisify(execFile);

interface Call {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type Answer = readonly [status: number, body: object];

/** A server that answers every call alike and remembers it. */
async function startServer(answer: Answer): Promise<{ url: string; calls: Call[] }> {
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
async function runBundled(source: string, environment: Readonly<Record<string, string>>): Promise<unknown> {
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

const credentials = { AWS_ACCESS_KEY_ID: 'AKEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'session' };

const readItem = `
  import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
  const client = new DynamoDBClient({ maxAttempts: 1 });
  export const handler = async () => (await client.send(new GetItemCommand({ TableName: 't', Key: { pk: { S: 'a' } } }))).Item;
`;

const readParameter = `
  export const handler = async () => {
    const { GetParameterCommand, ParameterNotFound, SSMClient } = await import('@aws-sdk/client-ssm');
    try {
      const command = new GetParameterCommand({ Name: '/key', WithDecryption: true });
      return (await new SSMClient({ maxAttempts: 1 }).send(command)).Parameter;
    } catch (error) {
      return { error: error.name, message: error.message, isMissing: error instanceof ParameterNotFound };
    }
  };
`;

describe('the slimmed DynamoDB client', () => {
  it('signs with the credentials of the environment and reads what comes', async () => {
    const { url, calls } = await startServer([200, { Item: { pk: { S: 'a' }, count: { N: '3' } } }]);
    const item = await runBundled(readItem, { ...credentials, AWS_ENDPOINT_URL_DYNAMODB: url });
    expect(item).toEqual({ pk: { S: 'a' }, count: { N: '3' } });
    expect(calls[0]?.headers.authorization).toContain('Credential=AKEXAMPLE/');
    expect(calls[0]?.headers['x-amz-security-token']).toBe('session');
    expect(JSON.parse(calls[0]?.body ?? '')).toEqual({ TableName: 't', Key: { pk: { S: 'a' } } });
  });

  it('signs without a session token where there is none', async () => {
    const { url, calls } = await startServer([200, {}]);
    await runBundled(readItem, { ...credentials, AWS_SESSION_TOKEN: '', AWS_ENDPOINT_URL_DYNAMODB: url });
    expect(calls[0]?.headers.authorization).toContain('Credential=AKEXAMPLE/');
    expect(calls[0]?.headers).not.toHaveProperty('x-amz-security-token');
  });

  it('says which variables are missing', async () => {
    const { url, calls } = await startServer([200, {}]);
    const answer = await runBundled(readItem, { AWS_ENDPOINT_URL_DYNAMODB: url });
    expect(answer).toMatchObject({ message: expect.stringContaining('AWS_ACCESS_KEY_ID') });
    expect(calls).toEqual([]);
  });
});

describe('the slimmed Parameter Store client', () => {
  it('reads a parameter', async () => {
    const parameter = { Name: '/key', Type: 'SecureString', Value: 'abc', Version: 1 };
    const { url, calls } = await startServer([200, { Parameter: parameter }]);
    const answer = await runBundled(readParameter, { ...credentials, AWS_ENDPOINT_URL_SSM: url });
    expect(answer).toEqual(parameter);
    expect(calls[0]?.headers['x-amz-target']).toBe('AmazonSSM.GetParameter');
    expect(JSON.parse(calls[0]?.body ?? '')).toEqual({ Name: '/key', WithDecryption: true });
  });

  it('tells a missing parameter by its class', async () => {
    const { url } = await startServer([400, { __type: 'ParameterNotFound', message: 'gone' }]);
    const answer = await runBundled(readParameter, { ...credentials, AWS_ENDPOINT_URL_SSM: url });
    expect(answer).toEqual({ error: 'ParameterNotFound', message: 'gone', isMissing: true });
  });

  it('names errors whose classes were left out', async () => {
    const { url } = await startServer([400, { __type: 'AccessDeniedException', message: 'not yours' }]);
    const answer = await runBundled(readParameter, { ...credentials, AWS_ENDPOINT_URL_SSM: url });
    expect(answer).toEqual({ error: 'AccessDeniedException', message: 'not yours', isMissing: false });
  });
});

describe('the slimmed undici', () => {
  const call = (body: string): string => `
    import request from 'undici/lib/api/api-request.js';
    import Agent from 'undici/lib/dispatcher/agent.js';
    const agent = new Agent({ allowH2: false });
    export const handler = async () => {
      const options = { origin: process.env.ORIGIN, path: '/', method: 'POST', body: ${body} };
      const { statusCode, body } = await request.call(agent, options);
      return { statusCode, answer: await body.json() };
    };
  `;

  it('speaks HTTP with both settings of its parser', async () => {
    const { url, calls } = await startServer([201, { hello: 'there' }]);
    for (const UNDICI_NO_WASM_SIMD of ['0', '1']) {
      const answer = await runBundled(call("'some text'"), { ORIGIN: url, UNDICI_NO_WASM_SIMD });
      expect(answer).toEqual({ statusCode: 201, answer: { hello: 'there' } });
    }
    expect(calls.map(({ body }) => body)).toEqual(['some text', 'some text']);
  });

  it('says what is left out when it is used', async () => {
    const answer = await runBundled(call('new FormData()'), { ORIGIN: 'http://127.0.0.1:1' });
    expect(answer).toMatchObject({ message: expect.stringContaining('undici-plugin.ts') });
  });
});

describe('the slimmed Step Functions client', () => {
  const start = `
    export const handler = async () => {
      const { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } = await import('@aws-sdk/client-sfn');
      try {
        const command = new StartExecutionCommand({ stateMachineArn: 'arn:aws:states:us-east-1:1:stateMachine:m', name: 'n', input: '{}' });
        return await new SFNClient({ maxAttempts: 1 }).send(command);
      } catch (error) {
        return { error: error.name, isTaken: error instanceof ExecutionAlreadyExists };
      }
    };
  `;

  it('starts an execution', async () => {
    const { url, calls } = await startServer([200, { executionArn: 'arn', startDate: 1_700_000_000.5 }]);
    const answer = await runBundled(start, { ...credentials, AWS_ENDPOINT_URL_SFN: url });
    expect(answer).toMatchObject({ executionArn: 'arn', startDate: '2023-11-14T22:13:20.500Z' });
    expect(calls[0]?.headers['x-amz-target']).toBe('AWSStepFunctions.StartExecution');
  });

  it('tells a name that is taken by its class, and names other errors', async () => {
    const taken = await startServer([400, { __type: 'ExecutionAlreadyExists', message: 'n' }]);
    const answer = await runBundled(start, { ...credentials, AWS_ENDPOINT_URL_SFN: taken.url });
    expect(answer).toEqual({ error: 'ExecutionAlreadyExists', isTaken: true });
    const gone = await startServer([400, { __type: 'StateMachineDoesNotExist', message: 'm' }]);
    const other = await runBundled(start, { ...credentials, AWS_ENDPOINT_URL_SFN: gone.url });
    expect(other).toEqual({ error: 'StateMachineDoesNotExist', isTaken: false });
  });
});

describe('the slimmed SNS client', () => {
  it('publishes', async () => {
    const source = `
      export const handler = async () => {
        const { PublishCommand, SNSClient } = await import('@aws-sdk/client-sns');
        const command = new PublishCommand({ TopicArn: 'arn:topic', Subject: 'subject', Message: 'text & more' });
        return new SNSClient({ maxAttempts: 1 }).send(command).catch((error) => ({ error: error.name }));
      };
    `;
    const { url, calls } = await startServer([400, {}]);
    await runBundled(source, { ...credentials, AWS_ENDPOINT_URL_SNS: url });
    const form = new URLSearchParams(calls[0]?.body);
    expect(Object.fromEntries(form)).toMatchObject({
      Action: 'Publish',
      TopicArn: 'arn:topic',
      Message: 'text & more',
    });
  });
});

describe('the slimmed S3 client', () => {
  const put = `
    export const handler = async () => {
      const { HeadObjectCommand, PutObjectCommand, S3Client, S3ServiceException } = await import('@aws-sdk/client-s3');
      const client = new S3Client({ maxAttempts: 1, forcePathStyle: true, requestChecksumCalculation: 'WHEN_REQUIRED' });
      const place = { Bucket: 'bucket', Key: 'results/a' };
      try {
        await client.send(new PutObjectCommand({ ...place, Body: Buffer.from('moving'), ContentType: 'video/mp4' }));
        return await client.send(new HeadObjectCommand(place));
      } catch (error) {
        return { error: error.name, status: error.$metadata?.httpStatusCode, isKnown: error instanceof S3ServiceException };
      }
    };
  `;

  it('puts an object, with the hash of its bytes signed', async () => {
    const { url, calls } = await startServer([200, {}]);
    const answer = await runBundled(put, { ...credentials, AWS_ENDPOINT_URL_S3: url });
    expect(answer).toMatchObject({ ContentType: 'application/x-amz-json-1.1' });
    expect(calls[0]).toMatchObject({ body: 'moving', headers: { 'content-type': 'video/mp4' } });
    expect(calls[0]?.headers['x-amz-content-sha256']).toMatch(/^[0-9a-f]{64}$/);
    expect(calls[0]?.headers.authorization).toContain('Credential=AKEXAMPLE/');
  });

  it('tells the status of a refusal', async () => {
    const { url } = await startServer([403, {}]);
    const answer = await runBundled(put, { ...credentials, AWS_ENDPOINT_URL_S3: url });
    expect(answer).toMatchObject({ status: 403 });
  });
});
