import type { ChatEvent, ReasoningDelta, TextDelta, ToolCallDelta } from '../event.ts';

/** Whether an event holds generated text. */
export function isGenerated(event: ChatEvent): event is TextDelta | ReasoningDelta | ToolCallDelta {
  return event.type === 'text-delta' || event.type === 'reasoning-delta' || event.type === 'tool-call-delta';
}

/** How many characters (code points) of text and thinking the events hold. */
export function countCharacters(events: readonly ChatEvent[]): number {
  let count = 0;
  for (const event of events) if (isGenerated(event)) count += [...event.text].length;
  return count;
}

/** The events up to so many characters of text and thinking; other events go on until the cut. */
export function takeCharacters(events: readonly ChatEvent[], count: number): readonly ChatEvent[] {
  const taken: ChatEvent[] = [];
  let left = count;
  for (const event of events) {
    if (!isGenerated(event)) {
      taken.push(event);
      continue;
    }
    const characters = [...event.text];
    const kept = characters.slice(0, left).join('');
    if (kept !== '') taken.push({ ...event, text: kept });
    left -= characters.length;
    if (left < 0) return taken;
  }
  return taken;
}
