import { consoleOutput } from './build/folders.ts';
import { fingerprintConsole, isFresh } from './build/freshness.ts';

/** Builds if it is still needed. @param announce called before that, because it takes seconds. */
export type BuildIfStale = (announce?: () => void) => Promise<void>;

/**
 * Builds the console when there is none, or when its sources have changed since.
 *
 * @param whenStale called only then; whoever shares the folder with others waits for them before it builds.
 */
export async function ensureConsole(
  whenStale: (build: BuildIfStale) => Promise<void> = (build) => build(),
): Promise<void> {
  const build: BuildIfStale = async (announce = () => {}) => {
    if (isFresh(consoleOutput, fingerprintConsole())) return;
    announce();
    // Loaded only now: an unchanged console needs no bundler.
    const { buildConsole } = await import('./build.ts');
    await buildConsole();
  };
  if (!isFresh(consoleOutput, fingerprintConsole())) await whenStale(build);
}
