import { expect } from 'vitest';
import type { PromptRecord } from '../../../local/simulator/control/control.ts';
import { ask, normalised, type Session, send, withAnswer, withNext } from '../../support/conversing/session.ts';
import { adminKey, type TestGateway } from '../../support/gateway.ts';

/** The place behind an answer that its upstream chat may be continued from, once. */
interface End {
  readonly chatId: string;
  taken: boolean;
}

/** A conversation, and where its upstream chat can be gone on with. */
export interface Talk {
  readonly session: Session;
  readonly end: End | undefined;
  /** The talk before each of its turns, oldest first. */
  readonly before: readonly Talk[];
}

export const keys = [adminKey, 'sk-other-key-0123456789abcdef'] as const;

/** Talks through a gateway, and holds every prompt that a model sees against what the client has sent. */
export class ConversationWorld {
  readonly talks: Talk[] = [];
  readonly #gateway: TestGateway;
  readonly #owners = new Map<string, string>();
  #answers = 0;
  /** Whether the next answers call a tool. */
  #calling = false;
  continued = 0;
  folded = 0;

  constructor(gateway: TestGateway) {
    this.#gateway = gateway;
    gateway.simulator.control.script({ times: 'always', reply: () => this.#reply() });
  }

  #reply(): string {
    this.#answers += 1;
    const words = `This is answer ${this.#answers}.`;
    if (!this.#calling) return words;
    const call = JSON.stringify({ name: 'look', arguments: { path: `file-${this.#answers}` } });
    return `${words}\n\n[tool_call]\n${call}\n[/tool_call]`;
  }

  begin(session: Session): Talk {
    return { session, end: undefined, before: [] };
  }

  /** Adds a message, sends everything, and looks at what the model saw. */
  async say(talk: Talk, text: string, calling: boolean): Promise<Talk> {
    const asked = withNext(talk.session, text);
    this.#calling = calling && asked.tools !== undefined;
    const seenBefore = this.#prompts().length;
    const answer = await ask(this.#gateway, asked);
    const [prompt, ...others] = this.#prompts().slice(seenBefore);
    expect(others).toEqual([]);
    const chatId = this.#check(prompt, asked);
    this.#expectPlace(chatId, talk.end);
    return this.#answered(talk, withAnswer(asked, answer), chatId);
  }

  /** The same request several times at once; the client goes on with the first answer. */
  async sayAtOnce(talk: Talk, text: string, times: number): Promise<Talk> {
    const asked = withNext(talk.session, text);
    this.#calling = false;
    const seenBefore = this.#prompts().length;
    const answers = await Promise.all(Array.from({ length: times }, () => ask(this.#gateway, asked)));
    const prompts = this.#prompts().slice(seenBefore);
    expect(prompts).toHaveLength(times);
    const chats = prompts.map((prompt) => this.#check(prompt, asked));
    expect(new Set(chats).size).toBe(times);
    const wasFree = talk.end?.taken === false;
    expect(chats.filter((chatId) => chatId === talk.end?.chatId)).toHaveLength(wasFree ? 1 : 0);
    if (talk.end !== undefined) talk.end.taken = true;
    const [first] = answers;
    if (first === undefined) throw new Error('nobody has answered');
    const session = withAnswer(asked, first);
    return this.#answered(talk, session, this.#chatOf(first.text));
  }

  /** Sends the talk so far with another key, which must not get at its chat. */
  async sayAsAnother(talk: Talk, text: string): Promise<Talk> {
    const key = keys.find((other) => other !== talk.session.key) ?? adminKey;
    return this.say({ ...talk, session: { ...talk.session, key }, end: undefined }, text, false);
  }

  #answered(talk: Talk, session: Session, chatId: string): Talk {
    return { session, end: { chatId, taken: false }, before: [...talk.before, talk] };
  }

  #prompts(): readonly PromptRecord[] {
    return this.#gateway.simulator.control.prompts();
  }

  /** The model saw the client's conversation, in a chat of the same key. @returns the chat. */
  #check(prompt: PromptRecord | undefined, { seen, key }: Session): string {
    if (prompt === undefined) throw new Error('no model was asked');
    expect(normalised(prompt.conversation)).toEqual(seen);
    expect(this.#owners.get(prompt.chatId) ?? key).toBe(key);
    this.#owners.set(prompt.chatId, key);
    return prompt.chatId;
  }

  #expectPlace(chatId: string, end: End | undefined): void {
    if (end === undefined || end.taken) {
      expect(chatId).not.toBe(end?.chatId);
      this.folded += 1;
      return;
    }
    expect(chatId).toBe(end.chatId);
    end.taken = true;
    this.continued += 1;
  }

  /** Which chat an answer was given in. */
  #chatOf(answer: string): string {
    const { control } = this.#gateway.simulator;
    const emails = control.accounts.list();
    const chats = emails.flatMap((email) => control.chats(email));
    const found = chats.find(({ messages }) => messages.at(-1)?.content === answer);
    if (found === undefined) throw new Error(`no chat ends with "${answer}"`);
    return found.id;
  }
}

/** A request that must be refused. @returns its status and body. */
export async function refusal(gateway: TestGateway, session: Session): Promise<{ status: number; body: string }> {
  const response = await send(gateway, session);
  return { status: response.status, body: await response.text() };
}
