import { createHash } from 'node:crypto';
import type { AssistantMessage, ChatMessage } from '../chat/request.ts';
import { CanonicalTurns } from './canonical-turns.ts';
import { type ConversationSeed, seedText } from './conversation-seed.ts';

/**
 * The hashes of one conversation: SHA-256 over the hash of all that came before and the message's canonical form. Who
 * knows no message can't make one, and nothing can be read out of it.
 */
export class ConversationChain {
  /** Of everything up to the last answer that the client has sent; `undefined` where there is none to go on from. */
  readonly known: string | undefined;
  readonly #turns: CanonicalTurns;
  /** Of all messages; `undefined` when the last one is an answer, which the next one would go on with. */
  readonly #whole: string | undefined;

  /** Looks at every message once. */
  constructor(seed: ConversationSeed, messages: readonly ChatMessage[]) {
    this.#turns = new CanonicalTurns(seed.tools.definitions);
    const news = messages.findLastIndex(({ role }) => role === 'assistant') + 1;
    const known = link(hashOf(seedText(seed)), this.#turns.write(messages.slice(0, news)));
    const isAnswered = news === messages.length;
    this.known = news === 0 || isAnswered ? undefined : known;
    this.#whole = isAnswered ? undefined : link(known, this.#turns.write(messages.slice(news)));
  }

  /** @returns the hash that a next request with this answer in its history will look for. To be asked once. */
  after(answer: AssistantMessage): string | undefined {
    return this.#whole === undefined ? undefined : link(this.#whole, this.#turns.write([answer]));
  }
}

function link(before: string, turns: readonly string[]): string {
  return turns.reduce((hash, turn) => hashOf(`${hash}\n${turn}`), before);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
