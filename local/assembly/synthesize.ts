import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LocalRuntimeError } from '../local-runtime-error.ts';

const run = promisify(execFile);

/**
 * Runs the CDK app without validation, which `cdk synth` has and a laptop need not wait for. The template lands in
 * `cdk.out`. Settings are kept from it: the local runtime gives them to the functions itself.
 *
 * @throws LocalRuntimeError with what the app said.
 */
export async function synthesize(root: string): Promise<void> {
  const { PATH, HOME, TMPDIR } = process.env;
  const env = {
    PATH,
    HOME,
    TMPDIR,
    CDK_OUTDIR: join(root, 'cdk.out'),
    CDK_VALIDATION: 'false',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
  try {
    await run(process.execPath, ['infra/app.ts'], { cwd: root, env });
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    throw new LocalRuntimeError(`The stack could not be synthesised.\n${said}`, { cause: error });
  }
}
