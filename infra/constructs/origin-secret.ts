import { readFileSync } from 'node:fs';
import { CustomResource, Duration } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { transformSync } from 'esbuild';
import { GatewayFunction } from './gateway-function.ts';

const handlerFile = new URL('./origin-secret-handler.ts', import.meta.url);

export interface OriginSecretProperties {
  readonly logRetention: RetentionDays;
  /** Another value makes a new secret. */
  readonly version: string;
}

/**
 * The secret that CloudFront sends along and the functions ask for. A small function draws it while CloudFormation
 * creates the stack, so that it is in no template, no output and no file, stays the same in later deployments, and has
 * no monthly price. Why: docs/decisions/2026-11-21-origin-secret.md.
 */
export class OriginSecret extends Construct {
  /** The secret, as a token. */
  readonly value: string;

  constructor(scope: Construct, id: string, { logRetention, version }: OriginSecretProperties) {
    super(scope, id);
    const generator = new GatewayFunction(this, 'Generator', {
      description: 'Draws the secret between CloudFront and the functions',
      code: Code.fromInline(inlineHandler()),
      memorySize: 128,
      timeout: Duration.seconds(30),
      logRetention,
      tracing: false,
    });
    const resource = new CustomResource(this, 'Value', {
      serviceToken: generator.lambda.functionArn,
      resourceType: 'Custom::OriginSecret',
      serviceTimeout: Duration.minutes(2),
      properties: { Version: version },
    });
    this.value = resource.getAttString('Value');
  }
}

/** Lambda runs inline code as CommonJS. */
function inlineHandler(): string {
  const source = readFileSync(handlerFile, 'utf8');
  return transformSync(source, { loader: 'ts', format: 'cjs', target: 'node24', minify: true }).code;
}
