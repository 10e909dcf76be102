import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = fileURLToPath(new URL('../../..', import.meta.url));

export interface CommandResult {
  readonly exitCode: number;
  /** Both outputs, one after the other. */
  readonly output: string;
}

export interface CommandOptions {
  /** The project to run in. */
  readonly root?: string;
  /** Where the cloud assembly and the command's own notes go. */
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs the real `cdk` command, which hears nothing of this machine's environment and sends nothing anywhere. */
export async function runCdk(commandLine: readonly string[], options: CommandOptions): Promise<CommandResult> {
  const { root = projectRoot, folder, environment = {} } = options;
  const binaries = join(projectRoot, 'node_modules/.bin');
  const standing = ['--no-notices', '--no-color', '--ci', '--output', join(folder, 'cdk.out')];
  const env = {
    PATH: `${binaries}:${process.env.PATH}`,
    HOME: folder,
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_REGION: 'us-east-1',
    ...environment,
  };
  return new Promise((resolve) => {
    execFile(join(binaries, 'cdk'), [...commandLine, ...standing], { cwd: root, env }, (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr });
    });
  });
}
