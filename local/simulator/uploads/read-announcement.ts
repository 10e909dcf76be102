import { isRecord, textField } from '../json-value.ts';
import type { AnnouncedFile } from './file-book.ts';

/** Bytes by the kind of file (qwen-web §6.5). */
const largest: Readonly<Record<string, number>> = { video: 500_000_000, audio: 100_000_000 };
const largestOther = 20_000_000;

/**
 * Reads what is asked for the right to upload (qwen-web §6.1): the size is a number or a text.
 *
 * @returns `undefined` when something is missing, or the file is too large.
 */
export function readAnnouncement(body: unknown): Pick<AnnouncedFile, 'name' | 'size'> | undefined {
  const name = textField(body, 'filename');
  const type = textField(body, 'filetype');
  const size = isRecord(body) ? Number(body.filesize) : Number.NaN;
  if (name === undefined || type === undefined || !Number.isInteger(size) || size < 1) {
    return undefined;
  }
  return size <= (largest[type] ?? largestOther) ? { name, size } : undefined;
}
