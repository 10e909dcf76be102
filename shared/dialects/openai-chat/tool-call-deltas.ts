import type { ToolCallDelta, ToolCallStart } from '../../chat/event.ts';
import { type ChunkFrame, deltaChunk } from './chunk-frame.ts';

/**
 * Writes the tool calls of one stream in OpenAI's sharding: a header with empty arguments, then pieces that carry
 * nothing but the index and their text. Names and ids that come again are doubled by some clients (clients §6).
 */
export class ToolCallDeltas {
  #index = -1;
  #pieceHead = '';
  #pieceTail = '';

  /** The chunk that announces a call. Indices count from 0 without gaps, or SDKs fail (client-apis C.1). */
  start({ id, name, input }: ToolCallStart, frame: ChunkFrame): string {
    this.#index += 1;
    const isFunction = input === 'json';
    const pieceField = isFunction ? '"function":{"arguments":' : '"custom":{"input":';
    this.#pieceHead = `${frame.head}[{"index":0,"delta":{"tool_calls":[{"index":${this.#index},${pieceField}`;
    this.#pieceTail = `}}]},"finish_reason":null}]${frame.tail}`;
    const call = isFunction
      ? { type: 'function', function: { name, arguments: '' } }
      : { type: 'custom', custom: { name, input: '' } };
    return deltaChunk(frame, { tool_calls: [{ index: this.#index, id, ...call }] }, null);
  }

  piece({ text }: ToolCallDelta): string {
    return this.#pieceHead + JSON.stringify(text) + this.#pieceTail;
  }
}
