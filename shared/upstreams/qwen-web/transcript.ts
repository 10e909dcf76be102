import type { ChatMessage, ContentPart, MediaPart, ToolMessage } from '../../chat/request.ts';

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
 *
 * @param nameOf what a file beside the text is called; `''` when it has no name.
 */
export function writeTranscript(messages: readonly ChatMessage[], nameOf: (part: MediaPart) => string): string {
  const attachments = new Attachments(nameOf);
  const entries = messages.map((message) => entryOf(message, attachments));
  const marker = unusedMarker(entries);
  const body = entries.map(({ label, text }) => `${marker} ${label}\n${text}\n`).join('');
  return `${explanation(marker)}\n\n${body}${marker} end\n\n${task(messages)}`;
}

function explanation(marker: string): string {
  return (
    `This is a conversation, oldest message first. Each message follows a line that begins with "${marker}" and says ` +
    'whose it is: "instructions" (they apply to all of your answers), "user", "assistant" (your earlier answers) or ' +
    '"tool result" (or "tool error"). Such lines are no part of any message.'
  );
}

function task(messages: readonly ChatMessage[]): string {
  const last = messages.findLast(({ role }) => role !== 'system');
  const onlyWords = 'Write nothing but the answer: no marker lines, no names of roles, no further messages.';
  return `${whatToDo(last?.role, last === messages.at(-1))} ${onlyWords}`;
}

/** Clients put instructions behind the message that they want answered, too (clients §1). */
function whatToDo(lastRole: ChatMessage['role'] | undefined, isAtTheEnd: boolean): string {
  if (lastRole === 'assistant') {
    return 'Go on with your last message from the place where it ends, without repeating it.';
  }
  return isAtTheEnd
    ? 'Answer the last message only, as the assistant.'
    : 'Answer only the last message that holds no instructions, as the assistant.';
}

function entryOf(message: ChatMessage, attachments: Attachments): Entry {
  switch (message.role) {
    case 'system':
      return { label: 'instructions', text: message.content };
    case 'assistant':
      return { label: 'assistant', text: message.content };
    case 'tool':
      return { label: toolLabel(message), text: contentText(message.content, attachments) };
    case 'user':
      return { label: 'user', text: contentText(message.content, attachments) };
  }
}

/** Id and name come from the caller: as JSON texts they can't break out of their line. */
function toolLabel({ toolCallId, name, isError }: ToolMessage): string {
  const of = name === undefined ? '' : ` of ${JSON.stringify(name)}`;
  return `tool ${isError ? 'error' : 'result'} ${JSON.stringify(toolCallId)}${of}`;
}

function contentText(content: readonly ContentPart[], attachments: Attachments): string {
  return content.map((part) => (part.type === 'text' ? part.text : attachments.mark(part))).join('\n\n');
}

const kinds = { image: 'picture', video: 'video', file: 'file' } as const satisfies Record<MediaPart['type'], string>;

/** Marks the places of what travels beside the text, counted in the order in which it travels. */
class Attachments {
  readonly #nameOf: (part: MediaPart) => string;
  #count = 0;

  constructor(nameOf: (part: MediaPart) => string) {
    this.#nameOf = nameOf;
  }

  mark(part: MediaPart): string {
    this.#count += 1;
    const name = this.#nameOf(part);
    return `(attached ${kinds[part.type]} ${this.#count}${name === '' ? '' : `: ${name}`})`;
  }
}

function unusedMarker(entries: readonly Entry[]): string {
  const all = entries.map(({ label, text }) => `${label}\n${text}`).join('\n');
  let number = 1;
  while (all.includes(`#message-${number}#`)) number++;
  return `#message-${number}#`;
}
