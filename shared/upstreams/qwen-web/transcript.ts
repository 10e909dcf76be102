import type { Entry } from './transcript-entries.ts';
import { unusedMarker } from './transcript-marker.ts';

/** A line between messages, and what stands below it. */
export type Section = Pick<Entry, 'label' | 'text'>;

/**
 * Writes a conversation as one text, in the form that docs/protocol/transcript.md describes. The same conversation always
 * gives the same text.
 */
export function writeTranscript(entries: readonly Entry[]): string {
  const marker = unusedMarker(entries);
  return [explanation(marker), '', writeSections(marker, entries), '', task(entries)].join('\n');
}

/** @returns the sections, and the line that ends them. */
export function writeSections(marker: string, sections: readonly Section[]): string {
  return `${sections.map(({ label, text }) => `${marker} ${label}\n${text}\n`).join('')}${marker} end`;
}

/** How a transcript is to be read. */
export function explanation(marker: string): string {
  return (
    `This is a conversation, oldest message first. Each message follows a line that begins with "${marker}" and says ` +
    'whose it is: "instructions" (they apply to all of your answers), "user", "assistant" (your earlier answers) or ' +
    '"tool result" (or "tool error"). Such lines are no part of any message.'
  );
}

/** What is to be done. */
export function task(entries: readonly Entry[]): string {
  const last = entries.findLast(({ role }) => role !== 'system');
  const onlyWords = 'Write nothing but the answer: no marker lines, no names of roles, no further messages.';
  return `${whatToDo(last?.role, last === entries.at(-1))} ${onlyWords}`;
}

/** Clients put instructions behind the message that they want answered, too (clients §1). */
function whatToDo(lastRole: Entry['role'] | undefined, isAtTheEnd: boolean): string {
  if (lastRole === 'assistant') {
    return 'Go on with your last message from the place where it ends, without repeating it.';
  }
  return isAtTheEnd
    ? 'Answer the last message only, as the assistant.'
    : 'Answer only the last message that holds no instructions, as the assistant.';
}
