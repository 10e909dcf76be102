import { answerPieceKey, keptAnswerKey } from '../store/keys.ts';
import { textAttribute } from '../store/read-attribute.ts';
import type { AnswerTable } from './answer-table.ts';
import { isDead, type KeptAnswer, readKeptAnswer } from './kept-answer.ts';
import { Unpacker } from './packed-text.ts';

/** Items that one look takes at most: more than an answer has. */
const mostItems = 10_000;

/** What one look at an answer has found behind what was known. */
export interface News {
  readonly text: string;
  /** `lost`: nobody makes the rest any more. */
  readonly state: 'more to come' | 'over' | 'lost';
}

/** Reads one run's answer, from its first piece on, while it may still be made. */
export class FollowedAnswer {
  readonly #table: AnswerTable;
  readonly #partition: string;
  readonly #run: string;
  readonly #now: () => number;
  readonly #unpacker = new Unpacker();
  #pieces = 0;
  #idle: string | undefined;

  /** @param now epoch milliseconds. */
  constructor(table: AnswerTable, partition: string, run: string, now: () => number) {
    this.#table = table;
    this.#partition = partition;
    this.#run = run;
    this.#now = now;
  }

  /** What keeps the stream alive, as far as its own writer has ever told. */
  get idle(): string | undefined {
    return this.#idle;
  }

  /** Looks for what has come since the last look: one query. @throws StoreUnavailableError */
  async look(): Promise<News> {
    // The text before a number sorts before it.
    const after = this.#pieces === 0 ? this.#placeOf(0).slice(0, -1) : this.#placeOf(this.#pieces - 1);
    const rows = await this.#table.part(this.#partition, { after, limit: mostItems, consistent: true });
    let text = '';
    for (const row of rows) {
      if (row.sk !== this.#placeOf(this.#pieces)) continue;
      text += await this.#unpacker.text(textAttribute(row, 'piece') ?? '');
      this.#pieces += 1;
    }
    const { sk } = keptAnswerKey(this.#partition);
    const answer = readKeptAnswer(rows.find((row) => row.sk === sk));
    this.#idle ??= answer?.idle;
    const state = this.#stateOf(answer);
    return { state, text: state === 'over' ? text + (await this.#unpacker.text(answer?.tail ?? '')) : text };
  }

  #placeOf(index: number): string {
    return answerPieceKey(this.#partition, this.#run, index).sk;
  }

  #stateOf(answer: KeptAnswer | undefined): News['state'] {
    if (answer?.run !== this.#run || isDead(answer, this.#now())) return 'lost';
    const { state, pieces } = answer;
    return (state === 'done' || state === 'broken') && pieces === this.#pieces ? 'over' : 'more to come';
  }
}
