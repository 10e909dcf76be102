import { rename, rm } from 'node:fs/promises';
import { writeApiReference } from './build/api-reference.ts';
import { consoleOutput } from './build/folders.ts';
import { fingerprintConsole, markFresh } from './build/freshness.ts';
import { type ConsoleSizes, checkBudget, formatSizes } from './build/sizes.ts';
import { runVite } from './build/vite.ts';

/** What one build made. */
export interface ConsoleReport {
  readonly sizes: ConsoleSizes;
  readonly milliseconds: number;
}

/**
 * Builds the console into `dist/console`. What is there stays until the new one is whole.
 *
 * @throws Error when a source can't be built, or the console has become larger than its budget.
 */
export async function buildConsole(outputFolder = consoleOutput): Promise<ConsoleReport> {
  const start = performance.now();
  const fingerprint = fingerprintConsole();
  const freshFolder = `${outputFolder}.${process.pid}`;
  try {
    const sizes = await runVite(freshFolder);
    checkBudget(sizes);
    await writeApiReference(freshFolder);
    await rm(outputFolder, { recursive: true, force: true });
    await rename(freshFolder, outputFolder);
    markFresh(outputFolder, fingerprint);
    return { sizes, milliseconds: performance.now() - start };
  } finally {
    await rm(freshFolder, { recursive: true, force: true });
  }
}

// npm run console
if (import.meta.main) {
  const { sizes, milliseconds } = await buildConsole();
  console.log(`${formatSizes(sizes)}\nbuilt in ${Math.round(milliseconds)} ms`);
}
