import { Duration, Validations } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { WorkerSpec } from '../../shared/routes.ts';
import { GatewayFunction } from './gateway-function.ts';

export interface WorkerFunctionProperties {
  readonly spec: WorkerSpec;
  /** Absolute path of the folder with the function's `index.mjs`. */
  readonly bundle: string;
  readonly environment: Record<string, string>;
  readonly logRetention: RetentionDays;
  readonly tracing: boolean;
}

/** A function of the worker table. It has no URL: its schedule calls it, or a state machine. */
export class WorkerFunction extends GatewayFunction {
  constructor(scope: Construct, id: string, { spec, bundle, ...properties }: WorkerFunctionProperties) {
    super(scope, id, {
      ...properties,
      description: spec.description,
      code: Code.fromAsset(bundle),
      memorySize: spec.memoryMegabytes,
      timeout: Duration.seconds(spec.timeoutSeconds),
    });
    if (spec.schedule === undefined) return;
    const rule = new Rule(this, 'Schedule', {
      description: `Runs ${id} every ${spec.schedule.everyMinutes} minutes`,
      schedule: Schedule.rate(Duration.minutes(spec.schedule.everyMinutes)),
      targets: [new LambdaFunction(this.lambda, { retryAttempts: 0, maxEventAge: Duration.minutes(1) })],
    });
    Validations.of(rule).acknowledge({
      id: 'Serverless-EventBusDLQ',
      reason: 'A run that could not be started is of no use later: the next one is minutes away.',
    });
  }
}
