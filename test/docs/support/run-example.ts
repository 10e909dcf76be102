import { execFile, execFileSync } from 'node:child_process';
import type { Fence } from './fences.ts';

/** How a block of each language is run. The packages of JavaScript examples are found from the project's folder. */
const commands: Readonly<Record<string, (code: string) => readonly [string, ...string[]]>> = {
  bash: (code) => ['bash', '-euo', 'pipefail', '-c', code],
  js: (code) => [process.execPath, '--input-type=module', '--eval', code],
  python: (code) => ['python3', '-c', code],
};

/** Which programs or packages an example needs and this machine lacks; empty when it can be run. */
export function missingFor({ language, code }: Fence): readonly string[] {
  if (language === 'python')
    return importsOfPython(code).filter((name) => !succeeds('python3', ['-c', `import ${name}`]));
  if (language === 'js') return importsOfJavaScript(code).filter((name) => !isInstalled(name));
  return ['bash', 'curl'].filter((program) => !succeeds(program, ['--version']));
}

/** Runs an example. @returns what it printed. @throws Error when it ends with another exit code than 0. */
export function runExample({ language, code }: Fence, environment: Readonly<Record<string, string>>): Promise<string> {
  const command = commands[language];
  if (command === undefined) throw new Error(`No way is known to run ${language}.`);
  const [program, ...words] = command(code);
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, ...environment };
  return new Promise((resolve, reject) => {
    // The error's message holds what the program wrote to stderr.
    execFile(program, words, { env }, (error, stdout) => (error === null ? resolve(stdout) : reject(error)));
  });
}

function importsOfPython(code: string): readonly string[] {
  return [...code.matchAll(/^(?:from|import) (\w+)/gm)].map(([, name = '']) => name);
}

function importsOfJavaScript(code: string): readonly string[] {
  return [...code.matchAll(/^import .* from '([^'.][^']*)'/gm)].map(([, name = '']) => name);
}

function isInstalled(name: string): boolean {
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    return false;
  }
}

function succeeds(program: string, words: readonly string[]): boolean {
  try {
    execFileSync(program, words, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
