import { defineConfig } from 'vitest/config';
import { ClosingLine } from './test/support/closing-line.ts';

// biome-ignore lint/style/noDefaultExport: vitest reads the default export.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // Whatever comes in the background comes late on a busy machine.
    expect: { poll: { timeout: 20_000 } },
    // Most files wait for processes and timers more than they compute.
    maxWorkers: 3,
    reporters: ['default', new ClosingLine()],
  },
});
