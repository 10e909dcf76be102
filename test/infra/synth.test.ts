import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CommandResult, projectRoot, runCdk } from './support/cdk-command.ts';
import { writePlaceholderBundles } from './support/placeholder-bundles.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const timeout = 120_000;

function synth(folder: string, root: string, ...context: string[]): Promise<CommandResult> {
  const bundleFolder = writePlaceholderBundles(join(folder, 'bundles'));
  const choices = [`bundleFolder=${bundleFolder}`, ...context].flatMap((choice) => ['--context', choice]);
  return runCdk(['synth', '--quiet', ...choices], { root, folder });
}

describe('cdk synth', () => {
  it.each([
    ['as it is', []],
    ['with everything switched on', ['edge=true', 'tracing=true', 'removeTable=true', 'alertEmail=owner@example.com']],
  ])('finds nothing to complain about %s', { timeout }, async (_, context) => {
    const { exitCode, output } = await synth(temporaryFolder(), projectRoot, ...context);
    expect(output).not.toMatch(/WARNING|ERROR/);
    expect(exitCode).toBe(0);
  });
});

/** A copy of the project with one mistake in it. */
function copyWithMistake(folder: string, file: string, right: string, wrong: string): string {
  const root = join(folder, 'project');
  for (const part of ['infra', 'shared', 'cdk.json', 'package.json', 'tsconfig.json']) {
    cpSync(join(projectRoot, part), join(root, part), { recursive: true });
  }
  symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'));
  const source = readFileSync(join(root, file), 'utf8');
  expect(source).toContain(right);
  writeFileSync(join(root, file), source.replaceAll(right, wrong));
  return root;
}

describe('cdk synth fails on', () => {
  it.each([
    ['what CloudFormation refuses', 'shared/routes.ts', 'timeoutSeconds: 900', 'timeoutSeconds: 1200', 'Timeout: 1200'],
    [
      'what it only warns of',
      'infra/constructs/endpoint-function.ts',
      'InvokeMode.RESPONSE_STREAM',
      'JSON.parse(\'"STREAM"\')',
      "'STREAM' is not one of",
    ],
    ['rights with a star', 'infra/constructs/state-table.ts', 'dynamodb:GetItem', 'dynamodb:*', 'AwsSolutions-IAM5'],
    [
      'a finding without a reason',
      'infra/constructs/gateway-function.ts',
      'Serverless-LambdaTracing',
      'Serverless-Something',
      'Serverless-LambdaTracing',
    ],
  ])('%s', { timeout }, async (_, file, right, wrong, complaint) => {
    const folder = temporaryFolder();
    const { exitCode, output } = await synth(folder, copyWithMistake(folder, file, right, wrong));
    expect(output).toContain(complaint);
    expect(exitCode).not.toBe(0);
  });
});
