import { defineConfig } from 'vitest/config';

const tests = process.env.MUTATION_TESTS ?? 'test/unit/{tools,structured-output,dialects}/**/*.test.ts';

// biome-ignore lint/style/noDefaultExport: vitest reads the default export.
export default defineConfig({
  test: {
    include: [tests, 'test/mutation/*.mutation.ts'],
    // Seconds for each of thousands of mutants, and little that the tests beside them don't find.
    exclude: ['**/{corpus,properties,token-saving,official-sdk,client-requests}.test.ts'],
    setupFiles: ['test/mutation/same-examples.ts'],
    // A worker for each test file would take longer than its tests.
    isolate: false,
    testTimeout: 30_000,
  },
});
