import type { ChatMessage } from '../../chat/request.ts';

/** One message of a transcript: its label and its words. */
interface Entry {
  readonly label: string;
  readonly text: string;
}

/**
 * Writes a conversation as one text.
 *
 * Form: an explanation; then for each message a line `<marker> <label>` and the words as they are; a line
 * `<marker> end`; what to do. The marker occurs in no message, so nothing that a message holds can be taken for a line
 * between messages. The same conversation always gives the same text.
 */
export function writeTranscript(messages: readonly ChatMessage[]): string {
  const entries = messages.map(entryOf);
  const marker = unusedMarker(entries);
  const body = entries.map(({ label, text }) => `${marker} ${label}\n${text}\n`).join('');
  return `${explanation(marker)}\n\n${body}${marker} end\n\n${task(messages.at(-1)?.role)}`;
}

function explanation(marker: string): string {
  return (
    `This is a conversation, oldest message first. Each message follows a line that begins with "${marker}" and says ` +
    'whose it is: "instructions" (they apply to all of your answers), "user", "assistant" (your earlier answers) or ' +
    '"tool result". Such lines are no part of any message.'
  );
}

function task(lastRole: ChatMessage['role'] | undefined): string {
  const what =
    lastRole === 'assistant'
      ? 'Go on with your last message from the place where it ends, without repeating it.'
      : 'Answer the last message only, as the assistant.';
  return `${what} Write nothing but the answer: no marker lines, no names of roles, no further messages.`;
}

function entryOf(message: ChatMessage): Entry {
  switch (message.role) {
    case 'system':
      return { label: 'instructions', text: message.content };
    case 'assistant':
      return { label: 'assistant', text: message.content };
    case 'tool':
      // The id comes from the caller: as a JSON text it can't break out of its line.
      return { label: `tool result ${JSON.stringify(message.toolCallId)}`, text: message.content };
    case 'user':
      return {
        label: 'user',
        text: message.content.map((part) => (part.type === 'text' ? part.text : picture)).join('\n\n'),
      };
  }
}

/** Stands where a picture was; the pictures themselves travel beside the text, in the same order. */
const picture = '(an attached picture)';

function unusedMarker(entries: readonly Entry[]): string {
  const all = entries.map(({ label, text }) => `${label}\n${text}`).join('\n');
  let number = 1;
  while (all.includes(`#message-${number}#`)) number++;
  return `#message-${number}#`;
}
