import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { isRecord } from '../is-record.ts';
import { ServiceError } from './service-error.ts';
import type { Description, StateMachines } from './state-machines.ts';

type Input = Readonly<Record<string, unknown>>;

/**
 * The part of the Step Functions API that the functions use, and what an owner looks with: StartExecution,
 * DescribeExecution, StopExecution and ListExecutions over AWS JSON 1.0.
 */
export function createStepFunctionsServer(machines: StateMachines): Server {
  return createServer((request, response) => {
    answer(request, machines).then(
      (body) => send(response, 200, body),
      (error: unknown) =>
        error instanceof ServiceError
          ? send(response, 400, { __type: error.code, message: error.message })
          : send(response, 500, { __type: 'InternalServerError', message: String(error) }),
    );
  });
}

async function answer(request: IncomingMessage, machines: StateMachines): Promise<object> {
  const operation = String(request.headers['x-amz-target'] ?? '').replace('AWSStepFunctions.', '');
  const parsed: unknown = JSON.parse((await text(request)) || '{}');
  const input = isRecord(parsed) ? parsed : {};
  switch (operation) {
    case 'StartExecution': {
      const execution = await machines.start(
        required(input, 'stateMachineArn'),
        inputOf(input),
        optional(input, 'name'),
      );
      return { executionArn: execution.arn, startDate: seconds(execution.beginning.startedAt) };
    }
    case 'DescribeExecution':
      return describe(machines.describe(required(input, 'executionArn')));
    case 'StopExecution': {
      const arn = required(input, 'executionArn');
      const { end } = await machines.stop(arn, optional(input, 'error'), optional(input, 'cause'));
      return { stopDate: seconds(end?.stoppedAt ?? Date.now()) };
    }
    case 'ListExecutions': {
      const executions = machines.list(required(input, 'stateMachineArn')).map(summary);
      const wanted = optional(input, 'statusFilter');
      return { executions: executions.filter(({ status }) => wanted === undefined || status === wanted) };
    }
    default:
      throw new ServiceError('UnknownOperationException', `This machine does not know ${operation}.`);
  }
}

function summary({ arn, beginning, end }: Description) {
  return {
    executionArn: arn,
    stateMachineArn: beginning.machineArn,
    name: beginning.name,
    status: end?.status ?? 'RUNNING',
    startDate: seconds(beginning.startedAt),
    ...(end === undefined ? {} : { stopDate: seconds(end.stoppedAt) }),
  };
}

function describe(execution: Description): object {
  const { beginning, end } = execution;
  return {
    ...summary(execution),
    input: JSON.stringify(beginning.input),
    ...(end?.output === undefined ? {} : { output: JSON.stringify(end.output) }),
    ...(end?.error === undefined ? {} : { error: end.error }),
    ...(end?.cause === undefined ? {} : { cause: end.cause }),
  };
}

function inputOf(input: Input): unknown {
  try {
    return JSON.parse(optional(input, 'input') ?? '{}');
  } catch {
    throw new ServiceError('InvalidExecutionInput', 'Invalid State Machine Execution Input');
  }
}

function required(input: Input, name: string): string {
  const value = optional(input, name);
  if (value === undefined) throw new ServiceError('ValidationException', `${name} is missing.`);
  return value;
}

function optional(input: Input, name: string): string | undefined {
  const value = input[name];
  return typeof value === 'string' ? value : undefined;
}

/** The service's own form of times. */
function seconds(epochMilliseconds: number): number {
  return epochMilliseconds / 1000;
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
}
