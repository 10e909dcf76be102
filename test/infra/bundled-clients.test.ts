import { describe, expect, it } from 'vitest';
import { runBundled, startServer } from './support/run-bundled.ts';

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
    expect(calls[0]?.headers['user-agent']).toMatch(/aws-sdk-js\/3\.\d+\.\d+ .*dynamodb/);
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
