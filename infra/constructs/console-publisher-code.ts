import { createHash } from 'node:crypto';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';

const handlerFile = fileURLToPath(new URL('./console-publisher-handler.ts', import.meta.url));

/** The code of the function that puts the console into its bucket: its handler, and the console beside it. */
export interface PublisherCode {
  readonly code: Code;
  /** Another one means that there is something to publish. */
  readonly fingerprint: string;
  /** Removes what was gathered for it; once the function is there, the CDK has a copy. */
  readonly tidyUp: () => void;
}

/**
 * @param folder absolute path of the built console.
 * @throws Error when there is none.
 */
export function publisherCode(folder: string): PublisherCode {
  const files = globSync('**/*.*', { cwd: folder }).sort();
  if (!files.includes('index.html')) throw new Error(`There is no console in ${folder}. Build it by npm run console.`);
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(folder, file)));
  const staging = mkdtempSync(join(tmpdir(), 'qwen-gateway-console-'));
  cpSync(folder, join(staging, 'site'), { recursive: true });
  writeFileSync(join(staging, 'index.mjs'), bundledHandler());
  return {
    code: Code.fromAsset(staging),
    fingerprint: hash.digest('hex').slice(0, 32),
    tidyUp: () => rmSync(staging, { recursive: true, force: true }),
  };
}

/** Lambda's Node brings the client for S3. */
function bundledHandler(): string {
  const { outputFiles } = buildSync({
    entryPoints: [handlerFile],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    external: ['@aws-sdk/*'],
  });
  return outputFiles[0]?.text ?? '';
}
