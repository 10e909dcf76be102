import { once } from 'node:events';
import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
  StateMachineDoesNotExist,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createStepFunctionsServer } from '../../../local/step-functions/api-server.ts';
import { machineArn, only, openMachines, settled, type TestMachines, task } from './machine.ts';

/** The real client, on the double of the service. */
async function openService(machines: TestMachines): Promise<SFNClient> {
  const server = createStepFunctionsServer(machines.machines);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const client = new SFNClient({
    endpoint: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  onTestFinished(() => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  });
  return client;
}

describe('the Step Functions API', () => {
  it('starts and describes', async () => {
    const machines = await openMachines(only({ Type: 'Pass', Result: 2, ResultPath: '$.b' }));
    const client = await openService(machines);
    const started = await client.send(
      new StartExecutionCommand({ stateMachineArn: machineArn, name: 'one', input: '{"a":1}' }),
    );
    expect(started.startDate).toEqual(new Date(machines.clock.now()));
    const executionArn = started.executionArn ?? '';
    expect(executionArn).toBe(`${machineArn.replace('stateMachine', 'execution')}:one`);
    await settled(machines.machines, executionArn);
    const described = await client.send(new DescribeExecutionCommand({ executionArn }));
    expect(described).toMatchObject({
      stateMachineArn: machineArn,
      name: 'one',
      status: 'SUCCEEDED',
      input: '{"a":1}',
      output: '{"a":1,"b":2}',
      stopDate: expect.any(Date),
    });
  });

  it('takes the same start again while it runs, and refuses another under the name', async () => {
    const client = await openService(await openMachines(only(task('hang')), { hang: () => new Promise(() => {}) }));
    const start = (input: string) =>
      client.send(new StartExecutionCommand({ stateMachineArn: machineArn, name: 'one', input }));
    const [first, second] = [await start('{"a":1}'), await start('{"a":1}')];
    expect(second).toMatchObject({ executionArn: first.executionArn, startDate: first.startDate });
    await expect(start('{"a":2}')).rejects.toBeInstanceOf(ExecutionAlreadyExists);
    const executionArn = first.executionArn ?? '';
    await client.send(new StopExecutionCommand({ executionArn, error: 'Owner', cause: 'enough' }));
    const stopped = await client.send(new DescribeExecutionCommand({ executionArn }));
    expect(stopped).toMatchObject({ status: 'ABORTED', error: 'Owner', cause: 'enough' });
    await expect(start('{"a":1}')).rejects.toBeInstanceOf(ExecutionAlreadyExists);
  });

  it('lists, newest first, by status', async () => {
    const machines = await openMachines({ StartAt: 'F', States: { F: { Type: 'Fail', Error: 'E' } } });
    const client = await openService(machines);
    for (const name of ['one', 'two']) {
      await machines.run({}, name);
      await machines.clock.waitUntil(machines.clock.now() + 1000, new AbortController().signal);
    }
    const list = async (statusFilter: 'FAILED' | 'RUNNING') => {
      const command = new ListExecutionsCommand({ stateMachineArn: machineArn, statusFilter });
      return (await client.send(command)).executions?.map(({ name }) => name);
    };
    expect(await list('FAILED')).toEqual(['two', 'one']);
    expect(await list('RUNNING')).toEqual([]);
  });

  it('refuses what is not there, and what is no JSON', async () => {
    const client = await openService(await openMachines(only({ Type: 'Pass' })));
    const other = machineArn.replace('Test', 'Other');
    await expect(client.send(new StartExecutionCommand({ stateMachineArn: other }))).rejects.toBeInstanceOf(
      StateMachineDoesNotExist,
    );
    await expect(
      client.send(new DescribeExecutionCommand({ executionArn: `${machineArn}:none` })),
    ).rejects.toBeInstanceOf(ExecutionDoesNotExist);
    const start = (more: object) => client.send(new StartExecutionCommand({ stateMachineArn: machineArn, ...more }));
    await expect(start({ input: '{' })).rejects.toThrow('Input');
    await expect(start({ name: 'a b' })).rejects.toThrow('Name');
    await expect(start({ name: 'x'.repeat(81) })).rejects.toThrow('Name');
  });
});
