import { relative } from 'node:path';
import { expect } from 'vitest';
import { projectRoot } from '../../../local/assembly/project-root.ts';

/** The file, and inside of a test its name, for people who look for where something was. */
export function whereabouts(): string {
  const { testPath = '', currentTestName = '' } = expect.getState();
  return `${relative(projectRoot, testPath)} ${currentTestName}`.trim();
}
