import type { ChatMessage, ContentPart, MediaPart, ToolMessage } from '../../chat/request.ts';

/** One message of a transcript: its label and its words. */
export interface Entry {
  readonly role: ChatMessage['role'];
  /** One line. */
  readonly label: string;
  /** Well-formed: half a surrogate pair, which no UTF-8 can hold, has become U+FFFD. */
  readonly text: string;
}

/** @param nameOf what a file beside the text is called; `''` when it has no name. */
export function transcriptEntries(
  messages: readonly ChatMessage[],
  nameOf: (part: MediaPart) => string,
): readonly Entry[] {
  const attachments = new Attachments(nameOf);
  return messages.map((message) => ({
    role: message.role,
    label: labelOf(message),
    text: textOf(message, attachments).toWellFormed(),
  }));
}

function labelOf(message: ChatMessage): string {
  if (message.role === 'tool') return toolLabel(message);
  return message.role === 'system' ? 'instructions' : message.role;
}

/** Id and name come from the caller: as JSON texts they can't break out of their line. */
function toolLabel({ toolCallId, name, isError }: ToolMessage): string {
  const of = name === undefined ? '' : ` of ${JSON.stringify(name)}`;
  return `tool ${isError ? 'error' : 'result'} ${JSON.stringify(toolCallId)}${of}`;
}

function textOf({ content }: ChatMessage, attachments: Attachments): string {
  return typeof content === 'string' ? content : contentText(content, attachments);
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
