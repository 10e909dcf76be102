import type { ChatEvent } from '../event.ts';

/** Appends a piece of text to a batch, unless it is empty. */
export function addText(batch: ChatEvent[], text: string): void {
  if (text !== '') batch.push({ type: 'text-delta', text });
}
