import { Duration } from 'aws-cdk-lib';
import { Code, type FunctionUrl, FunctionUrlAuthType, InvokeMode } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { FunctionSpec } from '../../shared/routes.ts';
import { GatewayFunction } from './gateway-function.ts';

export interface EndpointFunctionProperties {
  readonly spec: FunctionSpec;
  /** Absolute path of the folder with the function's `index.mjs`. */
  readonly bundle: string;
  readonly environment: Record<string, string>;
  readonly logRetention: RetentionDays;
  readonly tracing: boolean;
}

/** One endpoint: a function of the route table with a public URL that streams. */
export class EndpointFunction extends GatewayFunction {
  readonly url: FunctionUrl;

  constructor(scope: Construct, id: string, { spec, bundle, ...properties }: EndpointFunctionProperties) {
    super(scope, id, {
      ...properties,
      description: spec.description,
      code: Code.fromAsset(bundle),
      memorySize: spec.memoryMegabytes,
      timeout: Duration.seconds(spec.timeoutSeconds),
    });
    // No sign-in by AWS: clients are OpenAI SDKs, which can't sign requests. The function checks the gateway key.
    this.url = this.lambda.addFunctionUrl({
      authType: FunctionUrlAuthType.NONE,
      invokeMode: InvokeMode.RESPONSE_STREAM,
    });
  }
}
