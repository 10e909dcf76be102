import type { AnswerIdentity, StreamWriter } from '../../../../shared/chat/dialect.ts';
import type { ChatEvent } from '../../../../shared/chat/event.ts';
import { type Reading, readBodyOf } from './reading.ts';

export const identity: AnswerIdentity = {
  id: 'answer-1',
  createdAt: 1_795_000_000,
  model: 'Qwen3.7-Plus',
  requestId: 'request-1',
};

const thoughts = { generationConfig: { thinkingConfig: { includeThoughts: true } } };

/** What a client asks for that wants to see everything. */
export const bodyWithThoughts = { contents: [{ parts: [{ text: 'hi' }] }], ...thoughts };

/** A writer for one stream, as server-sent events unless the query says otherwise. */
export function streamWriter(body: object = bodyWithThoughts, reading: Reading = {}): StreamWriter {
  return readBodyOf(body, { method: 'streamGenerateContent', query: { alt: 'sse' }, ...reading }).streamWriter(
    identity,
  );
}

/** A whole good stream. */
export function streamed(batches: readonly (readonly ChatEvent[])[], writer = streamWriter()): string {
  return [writer.open(), ...batches.map((batch) => writer.write(batch)), writer.close()].join('');
}

/** The JSON documents of a stream of events. Anything but single `data:` lines is a fault. */
export function chunksOf(stream: string): readonly Chunk[] {
  const records = stream.split('\n\n');
  // Only behind an error stands a record that never ends.
  const wantedEnd = records.at(-2)?.startsWith('data: {"error"') === true ? 'data: {' : '';
  if (records.pop() !== wantedEnd) throw new Error('The last record has no end, or one that it should not have.');
  return records.map((record) => {
    if (!record.startsWith('data: ') || record.includes('\n')) throw new Error(`not one data line: ${record}`);
    return JSON.parse(record.slice('data: '.length));
  });
}

export interface Part {
  readonly text?: string;
  readonly thought?: boolean;
  readonly functionCall?: object;
}

export interface Chunk {
  readonly candidates?: readonly {
    readonly content: { readonly parts: readonly Part[] };
    readonly finishReason?: string;
  }[];
  readonly usageMetadata?: object;
  readonly error?: object;
}

/** The parts of all chunks, empty ones left out and texts of one kind joined. */
export function joinedParts(chunks: readonly Chunk[]): readonly Part[] {
  const joined: { text?: string; thought?: boolean }[] = [];
  for (const part of chunks.flatMap(({ candidates }) => candidates?.[0]?.content.parts ?? [])) {
    if (part.text === '') continue;
    const last = joined.at(-1);
    if (last?.text !== undefined && part.text !== undefined && last.thought === part.thought) last.text += part.text;
    else joined.push({ ...part });
  }
  return joined;
}

export const textOf = (text: string): ChatEvent => ({ type: 'text-delta', text });
export const finishOf = (reason: 'stop' | 'tool-calls' | 'length' | 'content-filter' = 'stop'): ChatEvent => ({
  type: 'finish',
  reason,
});

/** The events of one call, its arguments in pieces of the given length. */
export function callOf(id: string, name: string, input: object, size = 3): readonly ChatEvent[] {
  const text = JSON.stringify(input);
  const pieces = text.match(new RegExp(`.{1,${size}}`, 'gsu')) ?? [];
  return [
    { type: 'tool-call-start', id, name, input: 'json' },
    ...pieces.map((piece) => ({ type: 'tool-call-delta', text: piece }) as const),
    { type: 'tool-call-end' },
  ];
}
