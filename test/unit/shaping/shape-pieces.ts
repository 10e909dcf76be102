import fc from 'fast-check';
import type { ChatEvent, ChatEvents } from '../../../shared/chat/event.ts';
import type { FinishReason } from '../../../shared/chat/finish-reason.ts';
import { type AnswerShape, shapeEvents } from '../../../shared/chat/shaping/shape-events.ts';

/** What a caller sees of a shaped answer. */
export interface ShapedAnswer {
  readonly text: string;
  readonly reasoning: string;
  readonly finish: FinishReason | undefined;
  /** The last reported tokens of output. */
  readonly outputTokens: number | undefined;
  readonly batches: readonly (readonly ChatEvent[])[];
  /** Whether the upstream's iterator was read to its end, as opposed to left. */
  readonly readToEnd: boolean;
}

export const text = (piece: string): ChatEvent => ({ type: 'text-delta', text: piece });
export const reasoning = (piece: string): ChatEvent => ({ type: 'reasoning-delta', text: piece });
export const finish: ChatEvent = { type: 'finish', reason: 'stop' };

export function usage(outputTokens: number, inputTokens = 100): ChatEvent {
  return { type: 'usage', usage: { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens } };
}

export const textFormat: AnswerShape = { limits: { stopSequences: [] }, format: { type: 'text' } };

/** Shapes an answer given in batches. */
export async function shape(
  batches: readonly (readonly ChatEvent[])[],
  wanted: { readonly max?: number; readonly stop?: readonly string[]; readonly json?: boolean },
): Promise<ShapedAnswer> {
  let readToEnd = false;
  async function* source(): AsyncGenerator<readonly ChatEvent[]> {
    yield* batches;
    readToEnd = true;
  }
  const shaped = await collect(
    shapeEvents(source(), {
      limits: { stopSequences: wanted.stop ?? [], ...(wanted.max !== undefined && { maxOutputTokens: wanted.max }) },
      format: { type: wanted.json === true ? 'json' : 'text' },
    }),
  );
  const events = shaped.flat();
  return {
    text: joined(events, 'text-delta'),
    reasoning: joined(events, 'reasoning-delta'),
    finish: events.flatMap((event) => (event.type === 'finish' ? [event.reason] : [])).at(-1),
    outputTokens: events.flatMap((event) => (event.type === 'usage' ? [event.usage.outputTokens] : [])).at(-1),
    batches: shaped,
    readToEnd,
  };
}

export async function collect(events: ChatEvents): Promise<readonly (readonly ChatEvent[])[]> {
  const all: (readonly ChatEvent[])[] = [];
  for await (const batch of events) all.push(batch);
  return all;
}

function joined(events: readonly ChatEvent[], type: 'text-delta' | 'reasoning-delta'): string {
  return events.map((event) => (event.type === type ? event.text : '')).join('');
}

/** A text of the given alphabet, cut into pieces anywhere, the pieces spread over batches. */
export function cutTexts(alphabet: readonly string[]): fc.Arbitrary<readonly (readonly string[])[]> {
  const piece = fc.array(fc.constantFrom(...alphabet), { maxLength: 6 }).map((all) => all.join(''));
  return fc.array(fc.array(piece, { maxLength: 4 }), { maxLength: 10 });
}

/** The batches of an answer with these pieces of text. */
export function answerOf(pieces: readonly (readonly string[])[]): readonly (readonly ChatEvent[])[] {
  return [...pieces.map((batch) => batch.map(text)), [finish]];
}
