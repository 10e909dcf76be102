import { EventEmitter } from 'node:events';
import { AccountBook } from './accounts/account-book.ts';
import { RunningAnswers } from './answers/running-answers.ts';
import { ScriptBook } from './answers/script.ts';
import { SeenPrompts } from './answers/seen-prompts.ts';
import { ChatBook } from './chats/chat-book.ts';
import { Journal } from './control/journal.ts';
import { defaultAccount } from './default-account.ts';
import { FaultBook } from './faults/fault-book.ts';
import { TaskBook } from './tasks/task-book.ts';
import { FileBook } from './uploads/file-book.ts';
import type { Violation } from './violation.ts';

/** Everything that one simulator remembers. */
export class SimulatorState {
  readonly accounts = new AccountBook();
  readonly chats = new ChatBook();
  readonly running = new RunningAnswers();
  readonly scripts = new ScriptBook();
  readonly prompts = new SeenPrompts();
  readonly faults = new FaultBook();
  readonly tasks = new TaskBook();
  readonly files = new FileBook();
  readonly journal: Journal;
  readonly violations: Violation[] = [];
  /** Tells everything that stalls before its head to go on. */
  readonly releases = new EventEmitter<{ release: [] }>().setMaxListeners(0);
  /** Milliseconds between two pieces of an answer. */
  chunkDelayMs: number;
  /** Where the simulator listens; made-up pictures, videos and uploads live there too. Empty until it listens. */
  url = '';
  readonly #initialChunkDelayMs: number;

  constructor(options: { readonly chunkDelayMs: number; readonly journalSize: number }) {
    this.chunkDelayMs = options.chunkDelayMs;
    this.#initialChunkDelayMs = options.chunkDelayMs;
    this.journal = new Journal(options.journalSize);
    this.accounts.add(defaultAccount);
  }

  /** Back to the state of a fresh simulator: answers that run are cut, everything is forgotten. */
  reset(): void {
    this.running.interruptAll('reset');
    this.accounts.clear();
    this.accounts.add(defaultAccount);
    this.chats.clear();
    this.scripts.clear();
    this.prompts.clear();
    this.faults.clear();
    this.tasks.clear();
    this.files.clear();
    this.journal.clear();
    this.violations.length = 0;
    this.chunkDelayMs = this.#initialChunkDelayMs;
  }
}
