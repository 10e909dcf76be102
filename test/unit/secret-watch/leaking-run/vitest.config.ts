import { defineConfig } from 'vitest/config';
import { ClosingLine } from '../../../support/closing-line.ts';

// biome-ignore lint/style/noDefaultExport: vitest reads the default export.
export default defineConfig({
  test: { include: ['*.fixture.ts'], reporters: [new ClosingLine()] },
});
