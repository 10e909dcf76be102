import { join } from 'node:path';
import type { AgentRun } from '../runs/agent-run.ts';

/** Kilobytes of 1000 bytes. One decimal is left by what differs from day to day: dates and ids. */
export function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}

/** A text without the folders of this machine. */
export function withoutFolders(text: string, { folder }: Pick<AgentRun, 'folder'>): string {
  return text.replaceAll(join(folder, 'work'), '/project').replaceAll(join(folder, 'home'), '~');
}

/** A text as a Markdown block that no fence within it can end. */
export function block(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n');
}
