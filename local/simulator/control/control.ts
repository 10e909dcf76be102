import type { AccountSpec } from '../accounts/account-book.ts';
import type { FoldedWords } from '../answers/read-prompt.ts';
import type { AnswerScript } from '../answers/script.ts';
import { conversationOf, type SeenPrompt } from '../answers/seen-prompts.ts';
import { chatDetail } from '../chats/chat-detail.ts';
import { type FaultRule, isFaultName } from '../faults/fault-rule.ts';
import type { SimulatorState } from '../state.ts';
import type { Violation } from '../violation.ts';
import type { JournalEntry } from './journal.ts';

/** An answer that is being written. */
export interface ActiveStream {
  readonly chatId: string;
  readonly responseId: string;
  readonly account: string;
  readonly model: string;
  readonly stalled: boolean;
}

export interface RegisteredAccount {
  readonly id: string;
  readonly email: string;
  /** A good session token. */
  readonly token: string;
}

/** A chat as its owner would read it, without the envelope. */
export interface ChatRecord {
  readonly id: string;
  readonly title: string;
  /** The whole detail, as `GET /api/v2/chats/{id}` gives it. */
  readonly detail: object;
  /** Role and content of the messages, oldest first. */
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

/** A video as the simulator makes it. */
export interface VideoRecord {
  readonly taskId: string;
  readonly chatId: string;
  readonly prompt: string;
  /** How often its state was asked for. */
  readonly polls: number;
}

/** A file as the storage has it. */
export interface UploadRecord {
  readonly id: string;
  /** Address of the account. */
  readonly account: string;
  readonly name: string;
  readonly contentType: string;
  readonly size: number;
  /** In hex. */
  readonly sha256: string;
  /** Only the first ones of a large file. */
  readonly bytes: Buffer;
}

/** What the model saw for one answer. */
export interface PromptRecord extends Omit<SeenPrompt, 'history'> {
  /** All of it as one conversation: what the chat held before, and what was sent, with its files. */
  readonly conversation: readonly FoldedWords[];
}

/** Steers one simulator, and tells what it has seen. */
export interface SimulatorControl {
  /** Makes something go wrong: see `FaultRule`. @throws RangeError for an unknown name. */
  fault(rule: FaultRule): void;
  /** The faults that have not happened yet. */
  faults(): readonly FaultRule[];
  /** Forgets the faults that have not happened yet. */
  heal(): void;
  /** Sets what a next answer is; a text stands for a script with this text. */
  script(script: AnswerScript | string): void;
  /** Sets the milliseconds between two pieces of an answer. */
  pace(chunkDelayMs: number): void;
  /** Lets everything that stalls go on. */
  release(): void;
  /** The last requests, oldest first. */
  requests(): readonly JournalEntry[];
  /** Resolves with the first request, past or future, that the predicate accepts at any moment of its life. */
  waitFor(predicate: (entry: JournalEntry) => boolean): Promise<JournalEntry>;
  violations(): readonly Violation[];
  activeStreams(): readonly ActiveStream[];
  /** The account's chats, newest first. */
  chats(email: string): readonly ChatRecord[];
  /** What the model saw for each of the last answers, oldest first; also of chats that are gone. */
  prompts(): readonly PromptRecord[];
  /** The videos that were begun, oldest first. */
  videos(): readonly VideoRecord[];
  /** Sets with which question a video is done; 4 when nobody has. */
  videoPolls(polls: number): void;
  /** The files that were uploaded, oldest first. */
  uploads(): readonly UploadRecord[];
  readonly accounts: AccountControl;
  /** Back to the state of a fresh simulator. */
  reset(): void;
}

export interface AccountControl {
  add(account: AccountSpec): RegisteredAccount;
  /** @returns whether there was one. */
  remove(email: string): boolean;
  /** Makes all tokens of the account expired, on request its refresh tokens too. @returns whether there is one. */
  expire(email: string, options?: { readonly refreshTokens?: boolean | undefined }): boolean;
  /** A new token. @throws RangeError for an unknown account. */
  token(email: string, kind?: 'session' | 'access'): string;
  list(): readonly string[];
}

export function createControl(state: SimulatorState): SimulatorControl {
  return {
    fault(rule) {
      if (!isFaultName(rule.fault)) {
        throw new RangeError(`no fault is named ${String(rule.fault)}`);
      }
      state.faults.add(rule);
    },
    faults: () => state.faults.list(),
    heal: () => state.faults.clear(),
    script: (script) => state.scripts.add(typeof script === 'string' ? { text: script } : script),
    pace(chunkDelayMs) {
      state.chunkDelayMs = chunkDelayMs;
    },
    release() {
      state.running.releaseAll();
      state.releases.emit('release');
    },
    requests: () => state.journal.entries(),
    waitFor: (predicate) => state.journal.waitFor(predicate),
    violations: () => [...state.violations],
    activeStreams: () =>
      state.running
        .list()
        .map(({ chatId, responseId, account, model, stalled }) => ({ chatId, responseId, account, model, stalled })),
    chats: (email) => listChats(email, state),
    prompts: () => state.prompts.list().map(describePrompt),
    videos: () => state.tasks.list().map(({ id, chatId, prompt, polls }) => ({ taskId: id, chatId, prompt, polls })),
    videoPolls(polls) {
      state.tasks.pollsToEnd = polls;
    },
    uploads: () => listUploads(state),
    accounts: createAccountControl(state),
    reset: () => state.reset(),
  };
}

function createAccountControl({ accounts }: SimulatorState): AccountControl {
  return {
    add(spec) {
      const account = accounts.add(spec);
      return { id: account.id, email: account.email, token: accounts.issue(account, 'session').token };
    },
    remove: (email) => accounts.remove(email),
    expire: (email, options) => accounts.expireTokens(email, options),
    token(email, kind = 'session') {
      const account = accounts.find(email);
      if (account === undefined) {
        throw new RangeError(`no account ${email}`);
      }
      return accounts.issue(account, kind).token;
    },
    list: () => accounts.list().map(({ email }) => email),
  };
}

function describePrompt(prompt: SeenPrompt): PromptRecord {
  const { history, ...sent } = prompt;
  return { ...sent, conversation: conversationOf(prompt) };
}

function listUploads({ accounts, files }: SimulatorState): readonly UploadRecord[] {
  const emails = new Map(accounts.list().map(({ id, email }) => [id, email]));
  return files.list().flatMap(({ id, accountId, name, contentType = '', content }) => {
    if (content === undefined) return [];
    const { size, sha256, bytes } = content;
    return [{ id, account: emails.get(accountId) ?? '', name, contentType, size, sha256, bytes }];
  });
}

function listChats(email: string, { accounts, chats }: SimulatorState): readonly ChatRecord[] {
  const account = accounts.find(email);
  return account === undefined
    ? []
    : chats.list(account.id).map((chat) => ({
        id: chat.id,
        title: chat.title,
        detail: chatDetail(chat),
        messages: [...chat.messages.values()].map(({ role, content }) => ({ role, content })),
      }));
}
