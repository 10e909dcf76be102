import { AnswerFormError, ToolInterceptedError } from '../chat/errors/answer-faults.ts';
import type { ResolvedChatRequest } from '../chat/upstream.ts';
import { type CallFormatName, callFormat } from './call-format.ts';
import { emulateTools } from './emulate-tools.ts';
import type { ToolEmulation } from './tool-emulation.ts';

/** The attempts of one request at an upstream without tools: each heeds why those before it failed. */
export class AnswerAttempts {
  readonly #request: ResolvedChatRequest;
  readonly #preferred: CallFormatName;
  #interceptions = 0;
  #refused: AnswerFormError | undefined;

  constructor(request: ResolvedChatRequest, preferred: CallFormatName) {
    this.#request = request;
    this.#preferred = preferred;
  }

  next(): ToolEmulation {
    return emulateTools(this.#insistent(), callFormat(this.#preferred, this.#interceptions));
  }

  /** @param error why the last attempt failed. */
  failed(error: unknown): void {
    if (error instanceof ToolInterceptedError) this.#interceptions += 1;
    if (error instanceof AnswerFormError) this.#refused = error;
  }

  #insistent(): ResolvedChatRequest {
    if (this.#refused === undefined) return this.#request;
    const words = `An earlier answer of yours to this was thrown away: ${this.#refused.message} Heed the form this time.`;
    const { reminder } = this.#request;
    return { ...this.#request, reminder: reminder === undefined ? words : `${reminder} ${words}` };
  }
}
