import type { Reporter, TestModule, Vitest } from 'vitest/node';
import { SecretCheck } from './secret-watch/secret-check.ts';

/** Ends the run with one plain line that counts tests, for machines that read logs. */
export class ClosingLine implements Reporter {
  readonly #secretCheck = new SecretCheck();

  onInit(vitest: Vitest): void {
    this.#secretCheck.begin(vitest);
  }

  async onTestRunEnd(modules: readonly TestModule[]): Promise<void> {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      // A file that can't be loaded holds no test, and is a failure all the same.
      if (module.errors().length > 0) counts.failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state !== 'pending') counts[state] += 1;
      }
    }
    const leaks = await this.#secretCheck.end((line) => console.log(line));
    if (leaks > 0) process.exitCode = 1;
    console.log(`${counts.passed} passed, ${counts.failed + leaks} failed, ${counts.skipped} skipped`);
  }
}
