import { markdownTable } from '../../support/markdown-table.ts';

const longestRemark = 160;

/** What each client did with each case. */
export class ConformanceTable {
  readonly #clients: readonly string[];
  readonly #cases: readonly string[];
  readonly #cells = new Map<string, string>();

  constructor(clients: readonly string[], cases: readonly string[]) {
    this.#clients = clients;
    this.#cases = cases;
  }

  /** Runs a case and keeps what came of it. @throws what the case throws. */
  async record(client: string, name: string, run: () => Promise<string | undefined>): Promise<void> {
    try {
      this.#cells.set(keyOf(client, name), (await run()) ?? 'ok');
    } catch (error) {
      const [words = ''] = String(error instanceof Error ? error.message : error).split('\n');
      this.#cells.set(keyOf(client, name), `FAILED: ${words.slice(0, longestRemark)}`);
      throw error;
    }
  }

  /** As Markdown, with remarks as notes below, so that the table stays readable. */
  text(): string {
    const notes: string[] = [];
    const rows = this.#clients.map((client) => [
      client,
      ...this.#cases.map((name) => shorten(this.#cells.get(keyOf(client, name)) ?? 'not run', notes)),
    ]);
    const lines = notes.map((note, index) => `${index + 1}. ${note}`);
    return `${markdownTable(['client', ...this.#cases], rows)}\n${lines.join('\n')}\n`;
  }
}

const keyOf = (client: string, name: string) => JSON.stringify([client, name]);

/** The first word or two of a remark, with the number of its note. */
function shorten(remark: string, notes: string[]): string {
  const [short = '', ...rest] = remark.split(/[:;,] /);
  if (rest.length === 0) return short;
  if (!notes.includes(remark)) notes.push(remark);
  return `${short} (${notes.indexOf(remark) + 1})`;
}
