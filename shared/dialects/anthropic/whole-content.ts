import type { AnswerIdentity } from '../../chat/dialect.ts';
import type { ToolCallStart } from '../../chat/event.ts';
import { parseCallInput } from '../call-input.ts';
import type { Citation } from './citations.ts';
import { thinkingSignature } from './thinking-signature.ts';

type Block =
  | { readonly type: 'text'; text: string }
  | { readonly type: 'thinking'; text: string }
  | { readonly type: 'tool'; readonly start: ToolCallStart; text: string; ended: boolean };

/** Gathers the content blocks of a whole answer. */
export class WholeContent {
  readonly #identity: AnswerIdentity;
  readonly #blocks: Block[] = [];

  constructor(identity: AnswerIdentity) {
    this.#identity = identity;
  }

  text(text: string): void {
    const last = this.#blocks.at(-1);
    if (last?.type === 'text') last.text += text;
    else this.#blocks.push({ type: 'text', text });
  }

  /** @param text `''` where the thinking is not shown. */
  thinking(text: string): void {
    const last = this.#blocks.at(-1);
    if (last?.type === 'thinking') last.text += text;
    else this.#blocks.push({ type: 'thinking', text });
  }

  toolBegin(start: ToolCallStart): void {
    this.#blocks.push({ type: 'tool', start, text: '', ended: false });
  }

  toolPiece(text: string): void {
    const last = this.#blocks.at(-1);
    if (last?.type === 'tool') last.text += text;
  }

  toolEnd(): void {
    const last = this.#blocks.at(-1);
    if (last?.type === 'tool') last.ended = true;
  }

  /**
   * `content`. A call that was broken off has no arguments to run it with, and is left out.
   *
   * @param citations go with the text at the end.
   * @throws ToolCallInvalidError
   */
  blocks(citations: readonly Citation[]): readonly object[] {
    const kept = this.#blocks.filter((block) => block.type !== 'tool' || block.ended);
    return kept.map((block, index) => this.#write(block, index, index === kept.length - 1 ? citations : []));
  }

  #write(block: Block, index: number, citations: readonly Citation[]): object {
    switch (block.type) {
      case 'text':
        return { type: 'text', text: block.text, ...(citations.length > 0 && { citations }) };
      case 'thinking':
        return { type: 'thinking', thinking: block.text, signature: thinkingSignature(this.#identity, index) };
      case 'tool':
        return { type: 'tool_use', id: block.start.id, name: block.start.name, input: parseCallInput(block.text) };
    }
  }
}
