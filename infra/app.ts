import { App } from 'aws-cdk-lib';
import { ensureBundles } from './bundle.ts';
import { addChecks } from './checks.ts';
import { loadEnvironmentFile } from './environment-file.ts';
import { readGatewayOptions } from './gateway-options.ts';
import { GatewayStack } from './gateway-stack.ts';

// `cdk` starts this file for every command. CDK_VALIDATION=false leaves the checks out, for the laptop's runtime, which
// only wants the template.
loadEnvironmentFile();
const app = new App();
const options = readGatewayOptions(app.node, process.env);
if (options.bundleFolder === undefined) {
  await ensureBundles();
  // Only the edge serves it.
  if (options.edge) await import('../console/ensure.ts').then(({ ensureConsole }) => ensureConsole());
}
new GatewayStack(app, 'QwenGateway', options);
if (process.env.CDK_VALIDATION !== 'false') await addChecks(app);
app.synth();
