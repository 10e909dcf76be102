import { at } from './at.ts';

/** One record of a stream of server-sent events, as a careful client sees it. */
export interface StreamRecord {
  /** Of the `event:` line, when there is one. */
  readonly event: string | undefined;
  /** Of the `data:` line, as it came. */
  readonly data: string;
  /** The data as JSON; `undefined` when it is none. */
  readonly json: unknown;
}

/**
 * Reads a stream record by record. One that the sender left unfinished comes last, without JSON.
 *
 * @throws Error for a line that is neither `event: …` nor `data: …`.
 */
export async function* readStream(response: Response): AsyncGenerator<StreamRecord> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const bytes of response.body ?? []) {
    const records = (rest + decoder.decode(bytes, { stream: true })).split('\n\n');
    rest = records.pop() ?? '';
    for (const record of records) yield readRecord(record);
  }
  if (rest !== '') yield { event: undefined, data: rest, json: undefined };
}

function readRecord(text: string): StreamRecord {
  let event: string | undefined;
  const data: string[] = [];
  for (const line of text.split('\n')) {
    const [, field, value = ''] = /^(event|data): (.*)$/.exec(line) ?? [];
    if (field === undefined) throw new Error(`No client takes this line: ${JSON.stringify(line)}`);
    if (field === 'event') event = value;
    else data.push(value);
  }
  const joined = data.join('\n');
  return { event, data: joined, json: joined === '[DONE]' ? undefined : JSON.parse(joined) };
}

/** The texts at a place in each record, joined. */
export function joinedAt(records: readonly StreamRecord[], ...path: readonly (string | number)[]): string {
  return records
    .map(({ json }) => at(json, ...path))
    .filter((text) => typeof text === 'string')
    .join('');
}
