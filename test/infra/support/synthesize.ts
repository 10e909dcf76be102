import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { readGatewayOptions } from '../../../infra/gateway-options.ts';
import { GatewayStack } from '../../../infra/gateway-stack.ts';
import type { Environment } from '../../../shared/read-settings.ts';
import { writePlaceholderBundles } from './placeholder-bundles.ts';

/** The template that these choices and settings make, in this process and without the checks. */
export function synthesize(context: Record<string, unknown> = {}, environment: Environment = {}): Template {
  const folder = mkdtempSync(join(tmpdir(), 'qwen-gateway-synth-'));
  try {
    process.env.CDK_VALIDATION = 'false';
    const bundleFolder = writePlaceholderBundles(join(folder, 'bundles'));
    const app = new App({ context: { ...context, bundleFolder }, outdir: join(folder, 'cdk.out') });
    return Template.fromStack(new GatewayStack(app, 'QwenGateway', readGatewayOptions(app.node, environment)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
