import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bundleFunctions } from '../../infra/bundle.ts';
import { deployedFunctions, functions } from '../../shared/routes.ts';
import { AwsDouble } from './cloudformation-double/aws-double.ts';
import type { Stack } from './cloudformation-double/stack.ts';
import { listZipEntries } from './cloudformation-double/zip-entries.ts';
import { type CommandResult, runCdk } from './support/cdk-command.ts';
import { writePlaceholderBundles } from './support/placeholder-bundles.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

let aws: AwsDouble;
let endpoint: string;

beforeEach(async () => {
  aws = new AwsDouble();
  endpoint = await aws.start();
});
afterEach(() => aws.stop());

/** `cdk deploy` with some bundles, the double for AWS. */
function deploy(folder: string, bundleFolder: string, ...context: string[]): Promise<CommandResult> {
  const choices = [`bundleFolder=${bundleFolder}`, ...context].flatMap((choice) => ['--context', choice]);
  return runCdk(['deploy', '--require-approval', 'never', '--concurrency', '1', ...choices], {
    folder,
    environment: { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: 'double', AWS_SECRET_ACCESS_KEY: 'double' },
  });
}

function deployedStack(): Stack {
  const stack = aws.cloudFormation.stack('QwenGateway');
  if (stack === undefined) throw new Error('Nothing was deployed');
  return stack;
}

it('deploys the real bundles, and a second time changes nothing', { timeout: 180_000 }, async () => {
  const folder = temporaryFolder();
  const bundleFolder = join(folder, 'bundles');
  await bundleFunctions({ outputFolder: bundleFolder });

  const first = await deploy(folder, bundleFolder);
  expect(first.output).toContain('QwenGateway.ChatCompletionsUrl = https://');
  expect(first.exitCode).toBe(0);
  const created = deployedStack().resources;
  expect(created.filter(({ type }) => type === 'AWS::Lambda::Function')).toHaveLength(
    Object.keys(deployedFunctions).length,
  );
  expect(created.filter(({ type }) => type === 'AWS::Lambda::Url')).toHaveLength(Object.keys(functions).length);
  expect(new Set(created.map(({ logicalId }) => logicalId))).toEqual(
    new Set(deployedStack().template?.resources.keys()),
  );
  const archives = aws.objects.keys.filter((key) => key.endsWith('.zip'));
  expect(archives).toHaveLength(Object.keys(deployedFunctions).length);
  const contents = archives.map((key) => listZipEntries(aws.objects.get(key) ?? Buffer.alloc(0)));
  expect(contents.filter((files) => files.length > 1)).toEqual([
    // Pictures are changed by an engine of its own.
    ['index.mjs', expect.stringMatching(/^sharp-wasm32-.*\.wasm$/), 'sharp.cjs'],
  ]);
  for (const files of contents) expect(files[0]).toBe('index.mjs');

  aws.calls.length = 0;
  const second = await deploy(folder, bundleFolder);
  expect(second.output).toContain('(no changes)');
  expect(second.output).toContain('QwenGateway.ChatCompletionsUrl = https://');
  expect(second.exitCode).toBe(0);
  expect(deployedStack().resources).toEqual(created);
  expect(deployedStack().status).toBe('CREATE_COMPLETE');
  expect(aws.calls).not.toContain('ExecuteChangeSet');
  expect(aws.calls).not.toContain('S3 PUT');
});

it('deploys the edge, and taking it away again removes what belongs to it', { timeout: 180_000 }, async () => {
  const folder = temporaryFolder();
  const bundleFolder = writePlaceholderBundles(join(folder, 'bundles'));

  const withEdge = await deploy(folder, bundleFolder, 'edge=true');
  expect(withEdge.output).toMatch(/QwenGateway\.OpenAiBaseUrl = https:\/\/\S+\.cloudfront\.net\/v1/);
  expect(withEdge.output).not.toContain('lambda-url');
  expect(withEdge.exitCode).toBe(0);
  const before = deployedStack().resources;
  expect(before.map(({ type }) => type)).toContain('Custom::OriginSecret');

  const withoutEdge = await deploy(folder, bundleFolder);
  expect(withoutEdge.exitCode).toBe(0);
  expect(deployedStack().status).toBe('UPDATE_COMPLETE');
  const after = deployedStack().resources;
  const isOfEdge = (logicalId: string): boolean => /^(Edge|OriginSecret|ConsoleSite)/.test(logicalId);
  expect(after).toEqual(before.filter(({ logicalId }) => !isOfEdge(logicalId)));
});
