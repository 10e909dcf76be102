import type { AnswerIdentity } from '../../chat/dialect.ts';
import { completionId } from './completion-id.ts';

/** The parts of a stream's chunks that never change, ready to be put around the parts that do. */
export interface ChunkFrame {
  /** Before the JSON of `choices`. */
  readonly head: string;
  /** Behind `choices` and what may follow it. */
  readonly tail: string;
  /** Before the JSON string of a piece of text. */
  readonly textHead: string;
  /** Before the JSON string of a piece of thinking. */
  readonly reasoningHead: string;
  /** Behind either of them. */
  readonly deltaTail: string;
}

/**
 * Makes the frame of one stream's chunks (client-apis C.1: the same id, created and model in each).
 *
 * @param extra more fields for each chunk.
 */
export function makeChunkFrame(identity: AnswerIdentity, extra: Readonly<Record<string, string>>): ChunkFrame {
  const fixed = JSON.stringify({
    id: completionId(identity),
    object: 'chat.completion.chunk',
    created: identity.createdAt,
    model: identity.model,
    ...extra,
  });
  const head = `data: ${fixed.slice(0, -1)},"choices":`;
  const tail = '}\n\n';
  return {
    head,
    tail,
    textHead: `${head}[{"index":0,"delta":{"content":`,
    reasoningHead: `${head}[{"index":0,"delta":{"reasoning_content":`,
    deltaTail: `},"finish_reason":null}]${tail}`,
  };
}

/** A chunk with any other delta. */
export function deltaChunk(frame: ChunkFrame, delta: object, finishReason: string | null): string {
  return frame.head + JSON.stringify([{ index: 0, delta, finish_reason: finishReason }]) + frame.tail;
}

/** The chunk of token counts: its `choices` are there and empty, or SDKs fail. */
export function usageChunk(frame: ChunkFrame, usage: object): string {
  return `${frame.head}[],"usage":${JSON.stringify(usage)}${frame.tail}`;
}
