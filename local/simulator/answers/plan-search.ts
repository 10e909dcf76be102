import type { AnswerPart } from './part.ts';
import { planSummary } from './plan-thinking.ts';

const callId = 'call_5d2f4a7be61c4f0d9a';
const position = { display_position: 'think' };

interface FoundPage {
  readonly url: string;
  readonly title: string;
  readonly snippet: string;
  readonly hostname: string;
  readonly hostlogo: string;
  readonly date: string;
}

/** What the sources of `planSearch` are cited with: a page of the first round and one of the second. */
export const citations = ['[[1]]', '[[5]]'] as const;

/**
 * Two rounds of search with pages 1 to 3 and 4 to 5; `used_id` is the next free number after each (qwen-web §4.4).
 *
 * @param thinking whether summaries come around the rounds.
 */
export function* planSearch(question: string, thinking: boolean): Generator<AnswerPart> {
  yield* searchRound(firstPages(question), 4);
  yield { type: 'new-round', inputTokens: 3179 };
  if (thinking) {
    yield* planSummary([
      { title: 'Reading the pages found', thought: 'The first pages look right; I search once more.' },
    ]);
  }
  yield { type: 'info', action: 'keep_alive' };
  yield* searchRound(secondPages, 6);
  yield { type: 'new-round', inputTokens: 6581 };
  if (thinking) {
    yield* planSummary([{ title: 'Confirming the result', thought: 'Both rounds agree.' }]);
  }
}

function* searchRound(pages: readonly FoundPage[], usedId: number): Generator<AnswerPart> {
  const call = { phase: 'web_search', name: 'web_search', callId } as const;
  for (let repeat = 0; repeat < 3; repeat += 1) {
    yield { type: 'tool-call', ...call, arguments: '', extra: position };
  }
  const result = { docs: pages, used_id: usedId, tool_call_metrics: {}, tool_observation: '' };
  yield { type: 'tool-result', ...call, extra: { tool_result: result, web_search_info: pages, ...position } };
}

function firstPages(question: string): readonly FoundPage[] {
  return [
    {
      ...page('https://www.example.org/answers/', `Answers to: ${question.trim().slice(0, 60)}`),
      snippet: 'A page that the simulator made up.',
      hostname: 'Example',
      hostlogo: 'https://www.example.org/favicon.ico',
    },
    { ...page('https://docs.example.org/guide.html', 'The guide'), date: 'May 27, 2026' },
    { ...page('https://blog.example.net/notes', 'Notes — and "quotes"'), date: '2 weeks ago' },
  ];
}

const secondPages = [
  page('https://www.example.org/more/', 'More'),
  page('https://www.example.org/more/details/', 'More details'),
];

function page(url: string, title: string): FoundPage {
  return { url, title, snippet: '', hostname: '', hostlogo: '', date: '' };
}
