import type { ChatEvent, ChatEvents } from '../event.ts';
import type { ChatRequest } from '../request.ts';
import type { EventFilter } from './event-filter.ts';
import { JsonOnly } from './json-only.ts';
import { StopSequences } from './stop-sequences.ts';
import { TokenLimit } from './token-limit.ts';

/** What of a request shapes its answer. */
export type AnswerShape = Pick<ChatRequest, 'limits' | 'format'>;

/**
 * Gives an answer the shape that the request asks for and the upstream can't be asked for: a token limit, bare JSON,
 * stop sequences. When a limit cuts the answer, the upstream's iterator is left, so that the upstream stops.
 *
 * @returns `events` itself when there is nothing to shape.
 */
export function shapeEvents(events: ChatEvents, shape: AnswerShape): ChatEvents {
  const filters = makeFilters(shape);
  return filters.length === 0 ? events : filterEvents(events, filters);
}

/** The limit counts what the model wrote; stop sequences are looked for in what the caller gets. */
function makeFilters({ limits, format }: AnswerShape): readonly EventFilter[] {
  const { maxOutputTokens } = limits;
  return [
    ...(maxOutputTokens === undefined ? [] : [new TokenLimit(() => maxOutputTokens)]),
    ...(format.type === 'text' ? [] : [new JsonOnly()]),
    ...(limits.stopSequences.length === 0 ? [] : [new StopSequences(limits.stopSequences)]),
  ];
}

async function* filterEvents(
  events: ChatEvents,
  filters: readonly EventFilter[],
): AsyncGenerator<readonly ChatEvent[]> {
  for await (const batch of events) {
    let shaped: readonly ChatEvent[] = batch;
    for (const filter of filters) shaped = filter.push(shaped);
    if (shaped.length > 0) yield shaped;
    if (filters.some((filter) => filter.ended)) return;
  }
}
