import * as z from 'zod/mini';
import type { Source } from '../../chat/source.ts';
import { EventStream } from './event-stream.ts';
import { OpenCall } from './open-call.ts';
import { OpenImage } from './open-image.ts';
import type { ItemEnd, OpenItem } from './open-item.ts';
import { OpenMessage } from './open-message.ts';
import { OpenReasoning } from './open-reasoning.ts';

const ending = z.enum(['completed', 'incomplete']);
const namespace = z.optional(z.string());

const citation = z.object({ start_index: z.number(), end_index: z.number(), title: z.string(), url: z.string() });

/** Output items as they were stored. */
const outputBody = z.array(
  z.discriminatedUnion('type', [
    z.object({
      type: z.literal('reasoning'),
      id: z.string(),
      summary: z.array(z.object({ text: z.string() })),
      encrypted_content: z.optional(z.string()),
    }),
    z.object({
      type: z.literal('message'),
      id: z.string(),
      status: ending,
      content: z.array(z.object({ text: z.string(), annotations: z.array(citation) })),
    }),
    z.object({
      type: z.literal('function_call'),
      id: z.string(),
      status: ending,
      call_id: z.string(),
      name: z.string(),
      namespace,
      arguments: z.string(),
    }),
    z.object({
      type: z.literal('custom_tool_call'),
      id: z.string(),
      status: ending,
      call_id: z.string(),
      name: z.string(),
      namespace,
      input: z.string(),
    }),
    z.looseObject({
      type: z.literal('image_generation_call'),
      id: z.string(),
      status: z.enum(['completed', 'failed']),
      result: z.nullable(z.string()),
    }),
  ]),
);

type StoredItem = z.output<typeof outputBody>[number];

/** A response that was stored, or that is being made elsewhere. */
export interface StoredObject {
  readonly status: string;
  readonly [field: string]: unknown;
}

/** What a response says before its end. */
const nothingYet = {
  status: 'in_progress',
  output: [],
  completed_at: null,
  error: null,
  incomplete_details: null,
  usage: null,
};

/**
 * Tells a stored response as a stream of events. The events follow from the response alone, and so do their numbers: a
 * reader that comes back says which it has seen.
 */
export class ResponseReplay {
  readonly #stream: EventStream;
  #begun = false;

  /** @param after the sequence number of the last event that the reader has. */
  constructor(after: number) {
    this.#stream = new EventStream(after);
  }

  /** The events before the answer. */
  begin(response: StoredObject): string {
    if (this.#begun) return '';
    this.#begun = true;
    const isBackground = response.background === true;
    const empty = { ...response, ...nothingYet, status: isBackground ? 'queued' : 'in_progress' };
    this.#stream.tell('created', { response: empty });
    if (isBackground) this.#stream.tell('queued', { response: empty });
    this.#stream.tell('in_progress', { response: { ...empty, status: 'in_progress' } });
    return this.#stream.take();
  }

  /** Says that the response is still being made; the number of the event before is used again. */
  idle(response: StoredObject): string {
    return this.#stream.repeat('response.in_progress', { response: { ...response, ...nothingYet } });
  }

  /** The answer, and its end. A cancelled response ends as a failed one, because clients know no event for it. */
  end(response: StoredObject): string {
    const begin = this.begin(response);
    const output = z.safeParse(outputBody, response.output);
    for (const [index, item] of (output.data ?? []).entries()) tellItem(item, index, this.#stream);
    const isGood = response.status === 'completed' || response.status === 'incomplete';
    this.#stream.tell(isGood ? response.status : 'failed', { response });
    return begin + this.#stream.take();
  }
}

function tellItem(item: StoredItem, index: number, stream: EventStream): void {
  if (item.type === 'image_generation_call') {
    const image = new OpenImage(item.id, index, stream);
    image.show(item);
    image.close(item.status === 'completed' ? 'completed' : 'incomplete');
    return;
  }
  const text = textOf(item);
  const open = openItem(item, index, text, stream);
  if (text !== '') open.push(text);
  const end: ItemEnd = item.type === 'reasoning' ? 'completed' : item.status;
  open.close(end);
}

type TextItem = Exclude<StoredItem, { type: 'image_generation_call' }>;

function textOf(item: TextItem): string {
  switch (item.type) {
    case 'reasoning':
      return item.summary.map(({ text }) => text).join('');
    case 'message':
      return item.content.map(({ text }) => text).join('');
    case 'function_call':
      return item.arguments;
    case 'custom_tool_call':
      return item.input;
  }
}

function openItem(item: TextItem, index: number, text: string, stream: EventStream): OpenItem {
  switch (item.type) {
    case 'reasoning':
      return new OpenReasoning(item.id, index, item.encrypted_content !== undefined, stream);
    case 'message':
      return new OpenMessage(item.id, index, sourcesOf(item, text), stream);
    case 'function_call':
    case 'custom_tool_call': {
      const input = item.type === 'function_call' ? 'json' : 'text';
      const tool = { name: item.name, ...(item.namespace !== undefined && { namespace: item.namespace }) };
      const start = { type: 'tool-call-start', id: item.call_id, name: item.name, input } as const;
      return new OpenCall(item.id, index, start, tool, stream);
    }
  }
}

/** The sources that the text's marks `[[7]]` stood for, from which the annotations follow again. */
function sourcesOf({ content }: Extract<StoredItem, { type: 'message' }>, text: string): readonly Source[] {
  const citations = content.flatMap(({ annotations }) => annotations);
  return citations.map(({ start_index: start, end_index: end, title, url }) => ({
    number: Number(text.slice(start + 2, end - 2)),
    title,
    url,
  }));
}
