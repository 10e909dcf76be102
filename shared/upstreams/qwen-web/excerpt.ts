import { beginningWithin, endWithin, escapedBytes } from './escaped-bytes.ts';

/** The label of the line that stands for what is left out. */
export const leftOut = 'left out';

/**
 * A text, or its beginning and its end: people say what they want done before or behind what they paste, more often
 * behind it.
 *
 * @param bytes escaped ones, of all that is returned.
 */
export function excerptOf(text: string, marker: string, bytes: number): string {
  if (escapedBytes(text) <= bytes) return text;
  const line = `\n${marker} ${leftOut}\n`;
  const room = Math.max(0, bytes - escapedBytes(line));
  const beginning = beginningWithin(text, Math.floor(room / 3));
  return `${beginning}${line}${endWithin(text, room - escapedBytes(beginning))}`;
}
