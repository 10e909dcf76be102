import type { AnswerIdentity } from '../../chat/dialect.ts';
import type { ToolCallStart } from '../../chat/event.ts';
import type { Citation } from './citations.ts';
import { eventFrame, pieceHead, pieceTail } from './event-frame.ts';
import { thinkingSignature } from './thinking-signature.ts';

type BlockKind = 'text' | 'thinking' | 'tool';

/**
 * Writes the content blocks of one stream: one open at a time, counted from 0 without gaps, or SDKs lose their text
 * (client-apis C.2). A piece costs one `JSON.stringify` of that piece.
 */
export class ContentBlocks {
  readonly #identity: AnswerIdentity;
  #index = -1;
  #open: BlockKind | undefined;
  #pieceHead = '';

  constructor(identity: AnswerIdentity) {
    this.#identity = identity;
  }

  text(text: string): string {
    const opening = this.#open === 'text' ? '' : this.#begin('text', { type: 'text', text: '' }, 'text_delta', 'text');
    return opening + this.#piece(text);
  }

  thinking(text: string): string {
    return this.thinkingBegin() + this.#piece(text);
  }

  /** Opens a block of thinking, for thinking that is not shown. */
  thinkingBegin(): string {
    if (this.#open === 'thinking') return '';
    const block = { type: 'thinking', thinking: '', signature: '' };
    return this.#begin('thinking', block, 'thinking_delta', 'thinking');
  }

  /** The arguments go into the pieces: those in the head of a block are lost by some clients (clients §6). */
  toolBegin({ id, name }: ToolCallStart): string {
    const block = { type: 'tool_use', id, name, input: {} };
    return this.#begin('tool', block, 'input_json_delta', 'partial_json') + this.#piece('');
  }

  toolPiece(text: string): string {
    return this.#piece(text);
  }

  /** Puts citations at the end of the text that is open; they have no place elsewhere. */
  citations(citations: readonly Citation[]): string {
    if (this.#open !== 'text') return '';
    return citations.map((citation) => this.#delta({ type: 'citations_delta', citation })).join('');
  }

  /** Ends the open block, if there is one. */
  end(): string {
    if (this.#open === undefined) return '';
    const signed = this.#open === 'thinking' ? this.#signature() : '';
    this.#open = undefined;
    return signed + eventFrame('content_block_stop', { index: this.#index });
  }

  #begin(kind: BlockKind, block: object, deltaType: string, field: string): string {
    const ending = this.end();
    this.#index += 1;
    this.#open = kind;
    this.#pieceHead = pieceHead(this.#index, deltaType, field);
    return ending + eventFrame('content_block_start', { index: this.#index, content_block: block });
  }

  #piece(text: string): string {
    return this.#pieceHead + JSON.stringify(text) + pieceTail;
  }

  #signature(): string {
    return this.#delta({ type: 'signature_delta', signature: thinkingSignature(this.#identity, this.#index) });
  }

  #delta(delta: object): string {
    return eventFrame('content_block_delta', { index: this.#index, delta });
  }
}
