import type { ServerResponse } from 'node:http';
import type { Journal, JournalEntry } from '../control/journal.ts';
import { spacedJson } from '../json-spacing.ts';
import type { FrameRenderer } from './frame-renderer.ts';
import type { AnswerPart } from './part.ts';
import type { RunningAnswer } from './running-answer.ts';

export interface AnswerWriting {
  readonly response: ServerResponse;
  readonly parts: Iterable<AnswerPart>;
  readonly renderer: FrameRenderer;
  readonly answer: RunningAnswer;
  /** Milliseconds after each piece of text; 0 writes as much at once as the connection takes. */
  readonly delayMs: number;
  readonly entry: JournalEntry;
  readonly journal: Journal;
  /** Called once, with the text that was sent, before the bytes that tell the client of the end. */
  readonly onEnd: (text: string) => void;
}

// Large enough that a long answer takes few writes, small enough that back-pressure is felt.
const writeSize = 32_768;

/** Writes an answer, part by part; resolves when nothing more will be written. */
export async function writeAnswer(writing: AnswerWriting): Promise<void> {
  const writer = new AnswerWriter(writing);
  for (const part of writing.parts) {
    const goesOn = writer.take(part);
    // Waiting only when there is something to wait for keeps long answers cheap.
    if (goesOn !== true && !(await goesOn)) {
      break;
    }
  }
  writer.close();
}

class AnswerWriter {
  readonly #writing: AnswerWriting;
  #buffer = '';
  #text = '';
  #chunks = 0;
  #cut: 'close' | 'reset' | undefined;

  constructor(writing: AnswerWriting) {
    this.#writing = writing;
  }

  /** @returns whether the answer goes on. */
  take(part: AnswerPart): boolean | Promise<boolean> {
    this.#buffer += this.#writing.renderer.render(part);
    switch (part.type) {
      case 'text':
        this.#text += part.text;
        this.#chunks += 1;
        return this.#writing.delayMs > 0 ? this.#pace() : this.#flushWhenFull();
      case 'raw':
        return this.#writing.delayMs > 0 ? this.#pace() : this.#flush();
      case 'stall':
        return this.#stall(part.ms);
      case 'cut':
        this.#cut = part.by;
        return false;
      case 'end':
        return false;
      default:
        return this.#flushWhenFull();
    }
  }

  close(): void {
    const { response, answer, entry, onEnd } = this.#writing;
    this.#report();
    onEnd(this.#text);
    if (answer.interruption === 'client-gone') {
      return;
    }
    if (answer.interruption === 'reset' || answer.interruption === 'deleted') {
      entry.outcome = 'cut';
      response.destroy();
      return;
    }
    if (this.#cut !== undefined) {
      entry.outcome = 'cut';
      const end = this.#cut === 'reset' ? () => response.socket?.resetAndDestroy() : () => response.destroy();
      response.write(`${this.#buffer}data: {"choices": [{"delta": {"role": "assi`, end);
      return;
    }
    if (answer.interruption === 'stopped') {
      const stopped = { chat_id: answer.chatId, response_id: answer.responseId };
      this.#buffer += `data: ${spacedJson({ 'response.stopped': stopped })}\n\n`;
    }
    response.end(this.#buffer);
  }

  #flushWhenFull(): boolean | Promise<boolean> {
    return this.#buffer.length < writeSize ? true : this.#flush();
  }

  async #flush(): Promise<boolean> {
    const { response, answer } = this.#writing;
    const bytes = this.#buffer;
    this.#buffer = '';
    if (bytes !== '' && !response.write(bytes)) {
      await answer.drained(response);
    }
    return answer.interruption === undefined;
  }

  async #pace(): Promise<boolean> {
    this.#report();
    await this.#flush();
    await this.#writing.answer.pause(this.#writing.delayMs);
    return this.#writing.answer.interruption === undefined;
  }

  async #stall(ms: number | undefined): Promise<boolean> {
    const { answer, entry, journal } = this.#writing;
    await this.#flush();
    const silence = answer.stall(ms);
    entry.stalled = true;
    this.#report();
    journal.changed(entry);
    await silence;
    entry.stalled = false;
    return answer.interruption === undefined;
  }

  #report(): void {
    this.#writing.answer.chunks = this.#chunks;
    this.#writing.entry.chunks = this.#chunks;
  }
}
