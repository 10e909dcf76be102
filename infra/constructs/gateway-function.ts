import { type Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, type Code, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export interface GatewayFunctionProperties {
  readonly description: string;
  readonly code: Code;
  readonly memorySize: number;
  readonly timeout: Duration;
  readonly logRetention: RetentionDays;
  readonly tracing: boolean;
  readonly environment?: Record<string, string>;
}

/** A function with its own log and a role that may write that log and nothing else. */
export class GatewayFunction extends Construct {
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, id: string, properties: GatewayFunctionProperties) {
    super(scope, id);
    const { logRetention, tracing, ...settings } = properties;
    const logGroup = new LogGroup(this, 'Log', { retention: logRetention, removalPolicy: RemovalPolicy.DESTROY });
    // The role that the CDK makes by itself may write every log of the account.
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    this.lambda = new LambdaFunction(this, 'Function', {
      ...settings,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      role,
      logGroup,
      tracing: tracing ? Tracing.ACTIVE : Tracing.DISABLED,
    });
    acknowledgeFindings(this, tracing);
  }
}

function acknowledgeFindings(scope: Construct, tracing: boolean): void {
  Validations.of(scope).acknowledge(
    {
      id: 'Serverless-LambdaDLQ',
      reason: 'Called with an answer awaited only, and dead letters are for calls that nobody waits for.',
    },
    tracing
      ? {
          id: 'AwsSolutions-IAM5[Resource::*]',
          reason: 'X-Ray knows no resources: its two actions for writing traces can only be granted on all.',
        }
      : {
          id: 'Serverless-LambdaTracing',
          reason: 'Traces are billed one by one, so the owner switches them on with -c tracing=true.',
        },
  );
}
