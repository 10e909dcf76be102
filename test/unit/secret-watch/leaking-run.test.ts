import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { projectRoot } from '../../../local/assembly/project-root.ts';
import { temporaryFolder } from '../local/temporary-folder.ts';

const leakingRun = fileURLToPath(new URL('./leaking-run', import.meta.url));

it('a test run fails when a gateway has told a secret, though all tests pass', { timeout: 60_000 }, async () => {
  const temporary = await temporaryFolder();
  const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--root', leakingRun], {
    cwd: projectRoot,
    env: { PATH: process.env.PATH, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const [code] = await once(child, 'close');
  expect(code).toBe(1);
  const [found, counts, last] = output.trim().split('\n').slice(-3);
  expect(found).toBe('SECRET FOUND in log line 2 of the gateway of the leaking test');
  expect(counts).toMatch(
    /^Secrets: 1 gateways and programs, 2 log lines, 0 answers, \d+ bytes, 1 secrets looked for, 1 found$/,
  );
  expect(last).toBe('1 passed, 1 failed, 0 skipped');
  expect(output).not.toMatch(/s3cret/);
  expect((await readdir(temporary)).filter((name) => name.startsWith('qwen-gateway'))).toEqual([]);
});
