import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import type { Metafile } from 'esbuild';

/** The size of one function's bundle. */
export interface FunctionBundle {
  readonly name: string;
  /** Absolute path of the bundle. */
  readonly file: string;
  readonly bytes: number;
  readonly gzipBytes: number;
  /** What the bundle is made of, biggest first. `qwen-gateway` is our own code. */
  readonly packages: readonly PackageShare[];
}

export interface PackageShare {
  readonly name: string;
  readonly bytes: number;
}

/** What one pass of the bundler made. */
export interface BundleReport {
  readonly functions: readonly FunctionBundle[];
  readonly milliseconds: number;
}

type Output = Metafile['outputs'][string];

/** Measures one bundle. */
export async function measureBundle(name: string, file: string, output: Output): Promise<FunctionBundle> {
  const content = await readFile(file);
  return {
    name,
    file,
    bytes: content.length,
    gzipBytes: gzipSync(content).length,
    packages: sharesOf(output),
  };
}

function sharesOf(output: Output): PackageShare[] {
  const bytesByPackage = new Map<string, number>();
  for (const [path, input] of Object.entries(output.inputs)) {
    const name = packageOf(path);
    bytesByPackage.set(name, (bytesByPackage.get(name) ?? 0) + input.bytesInOutput);
  }
  return [...bytesByPackage].map(([name, bytes]) => ({ name, bytes })).sort((one, other) => other.bytes - one.bytes);
}

function packageOf(path: string): string {
  const inPackage = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path);
  return inPackage?.[1] ?? 'qwen-gateway';
}

/** The report as a table for people. */
export function formatReport(report: BundleReport): string {
  const lines = report.functions.map((bundle) => {
    const packages = bundle.packages.slice(0, 5).map(({ name, bytes }) => `${name} ${kilobytes(bytes)}`);
    return [
      bundle.name.padEnd(18),
      kilobytes(bundle.bytes).padStart(9),
      kilobytes(bundle.gzipBytes).padStart(9),
      `  ${packages.join(', ')}`,
    ].join('');
  });
  const head = `${'function'.padEnd(18)}${'bytes'.padStart(9)}${'gzip'.padStart(9)}  biggest parts`;
  return [head, ...lines, `bundled in ${Math.round(report.milliseconds)} ms`].join('\n');
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} KB`;
}
