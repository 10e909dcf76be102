import type { Account } from '../accounts/account-book.ts';
import type { SimulatorState } from '../state.ts';
import type { CompletionFile } from './completion-request.ts';

/**
 * Finds the uploads that a message refers to: files belong to the account that has uploaded them (qwen-web §6.5), and
 * documents must have been read (qwen-web §6.4).
 *
 * @returns the files with their bytes, `undefined` when one can't be used.
 */
export function findUploads(
  files: readonly CompletionFile[],
  account: Account,
  state: SimulatorState,
): readonly CompletionFile[] | undefined {
  const found: CompletionFile[] = [];
  for (const file of files) {
    const stored = file.id === undefined ? undefined : state.files.find(file.id);
    const isUsable = stored?.content !== undefined && stored.accountId === account.id;
    if (file.id !== undefined && (!isUsable || (file.type === 'file' && !stored.isRead))) {
      state.violations.push({ kind: 'unusable-file', account: account.email, detail: file.name });
      return undefined;
    }
    if (stored?.content === undefined) found.push(file);
    else
      found.push({ ...file, size: stored.content.size, bytes: stored.content.bytes, contentType: stored.contentType });
  }
  return found;
}
