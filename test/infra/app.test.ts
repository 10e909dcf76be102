import { execFile } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { deployedFunctions } from '../../shared/routes.ts';
import { projectRoot } from './support/cdk-command.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const run = promisify(execFile);

/** Synthesises a copy of the project as the laptop's runtime does. */
async function synthesize(root: string): Promise<void> {
  const env = { PATH: process.env.PATH, CDK_VALIDATION: 'false', CDK_OUTDIR: join(root, 'cdk.out') };
  await run(process.execPath, ['infra/app.ts'], { cwd: root, env });
}

it('the app bundles by itself, and only when it must', { timeout: 120_000 }, async () => {
  const root = temporaryFolder();
  for (const part of ['functions', 'infra', 'shared', 'package.json', 'package-lock.json']) {
    cpSync(join(projectRoot, part), join(root, part), { recursive: true });
  }
  symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'));
  const folder = join(root, 'dist/functions');

  await synthesize(root);
  for (const name of Object.keys(deployedFunctions)) expect(existsSync(join(folder, name, 'index.mjs'))).toBe(true);
  const template: { Resources: object } = JSON.parse(
    readFileSync(join(root, 'cdk.out/QwenGateway.template.json'), 'utf8'),
  );
  expect(Object.keys(template.Resources).length).toBeGreaterThan(Object.keys(deployedFunctions).length);

  const made = statSync(folder).ino;
  await synthesize(root);
  expect(statSync(folder).ino).toBe(made);

  rmSync(join(folder, 'models'), { recursive: true });
  await synthesize(root);
  expect(existsSync(join(folder, 'models', 'index.mjs'))).toBe(true);
});
