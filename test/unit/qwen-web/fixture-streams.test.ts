import { describe, expect, it } from 'vitest';
import { UpstreamError } from '../../../shared/chat/errors/upstream-error.ts';
import type { ChatEvent } from '../../../shared/chat/event.ts';
import type { Usage } from '../../../shared/chat/usage.ts';
import { fixtureBytes, fixtureJson } from './fixtures.ts';
import { type Reading, readPieces } from './read-stream.ts';

/** One entry of expected.json. */
interface Expected {
  readonly answer: string;
  readonly finish: string | null;
  readonly reasoning?: string;
  readonly summary_titles?: readonly string[];
  readonly summary_thoughts?: readonly string[];
  readonly usage?: Readonly<Record<string, number>>;
  readonly chat_id?: string;
  readonly response_id?: string;
  readonly sources?: readonly string[];
  readonly citations?: Readonly<Record<string, string>>;
  readonly images?: readonly string[];
  readonly images_original?: readonly string[];
  readonly videos?: readonly string[];
  readonly error?: string;
  readonly error_code?: string;
}

const expectations = Object.entries(fixtureJson<Record<string, Expected>>('sse/expected.json'));

describe.each(expectations)('%s', (file, expected) => {
  const bytes = fixtureBytes(`sse/${file}`);

  it('is read as expected', async () => {
    check(await readPieces([bytes]), expected);
  });

  it('is read the same when cut in two anywhere', async () => {
    const whole = summary(await readPieces([bytes]));
    for (let cut = 1; cut < bytes.length; cut++) {
      const pieces = [bytes.subarray(0, cut), bytes.subarray(cut)];
      expect(summary(await readPieces(pieces)), `cut at ${cut}`).toEqual(whole);
    }
  });

  it('is read the same byte by byte', async () => {
    const pieces = Array.from(bytes, (byte) => Buffer.from([byte]));
    expect(summary(await readPieces(pieces))).toEqual(summary(await readPieces([bytes])));
  });
});

function check(reading: Reading, expected: Expected): void {
  const { events, error } = reading;
  expect(reading.text).toBe(expected.answer);
  if (expected.reasoning !== undefined) expect(reading.reasoning).toBe(expected.reasoning);
  if (expected.summary_titles !== undefined) expect(reading.reasoning).toBe(rendered(expected));
  const finish = of(events, 'finish')[0]?.reason ?? null;
  expect(finish).toBe(expected.finish === 'content_filter' ? 'content-filter' : expected.finish);
  expect(error === undefined).toBe(expected.finish !== null);
  if (finish !== null) expect(events.at(-1)?.type).toBe('finish');
  checkStart(events, expected);
  if (expected.usage !== undefined) expect(of(events, 'usage').at(-1)?.usage).toEqual(usageOf(expected.usage));
  checkShown(events, expected);
  if (expected.finish === null && expected.error_code !== undefined) {
    expect(error).toBeInstanceOf(UpstreamError);
    expect(error).toHaveProperty('upstreamCode', expected.error_code);
  }
}

function checkStart(events: readonly ChatEvent[], expected: Expected): void {
  const starts = of(events, 'start');
  expect(starts.length).toBeLessThan(2);
  if (expected.chat_id !== undefined) expect(starts[0]?.chatId).toBe(expected.chat_id);
  if (expected.response_id !== undefined) expect(starts[0]?.responseId).toBe(expected.response_id);
}

function checkShown(events: readonly ChatEvent[], expected: Expected): void {
  const sources = of(events, 'sources').flatMap((event) => event.sources);
  expect(sources.map(({ url }) => url)).toEqual(expected.sources ?? []);
  for (const [number, url] of Object.entries(expected.citations ?? {})) {
    expect(sources.find((source) => source.number === Number(number))?.url).toBe(url);
  }
  const images = of(events, 'image');
  expect(images.map(({ url }) => url)).toEqual(expected.images ?? []);
  if (expected.images_original !== undefined) {
    expect(images.map(({ originalUrl }) => originalUrl)).toEqual(expected.images_original);
  }
  expect(of(events, 'video').map(({ url }) => url)).toEqual(expected.videos ?? []);
}

/** Each title and thought once, in the reader's form. */
function rendered({ summary_titles = [], summary_thoughts = [] }: Expected): string {
  return summary_titles.map((title, index) => `${title}\n\n${summary_thoughts[index]}`).join('\n\n');
}

function usageOf({ input, output, total, reasoning, cached, image }: Readonly<Record<string, number>>): Partial<Usage> {
  return {
    inputTokens: input ?? 0,
    outputTokens: output ?? 0,
    totalTokens: total ?? 0,
    ...(reasoning === undefined ? {} : { reasoningTokens: reasoning }),
    ...(cached === undefined ? {} : { cachedTokens: cached }),
    ...(image === undefined ? {} : { imageTokens: image }),
  };
}

/** What must not depend on where the network cuts: everything but how often the counts are told. */
function summary({ events, error }: Reading): object {
  return {
    shown: events.filter((event) => event.type !== 'usage'),
    usage: of(events, 'usage').at(-1),
    error: error === undefined ? undefined : { name: error.name, message: error.message },
  };
}

function of<Type extends ChatEvent['type']>(
  events: readonly ChatEvent[],
  type: Type,
): readonly Extract<ChatEvent, { type: Type }>[] {
  return events.filter((event): event is Extract<ChatEvent, { type: Type }> => event.type === type);
}
