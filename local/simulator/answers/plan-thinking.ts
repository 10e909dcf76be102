import type { AnswerPart } from './part.ts';
import { splitText } from './split-text.ts';
import { countTokens } from './usage-meter.ts';

export interface Thought {
  readonly title: string;
  readonly thought: string;
}

/**
 * Thinking as summaries: each frame holds all titles and thoughts so far, the last one comes twice while the usage
 * grows, and an end without them follows (qwen-web §4.3).
 */
export function* planSummary(thoughts: readonly Thought[]): Generator<AnswerPart> {
  const titles = thoughts.map(({ title }) => title);
  const texts = thoughts.map(({ thought }) => thought);
  for (const [index, { title, thought }] of thoughts.entries()) {
    yield {
      type: 'summary',
      titles: titles.slice(0, index + 1),
      thoughts: texts.slice(0, index + 1),
      tokens: countTokens(title + thought),
    };
  }
  yield { type: 'summary', titles, thoughts: texts, tokens: 40 };
  yield { type: 'summary-end' };
}

/** Thinking as it was before summaries: raw and incremental. */
export function* planRawThinking(thoughts: readonly Thought[]): Generator<AnswerPart> {
  for (const piece of splitText(thoughts.map(({ thought }) => thought).join('\n'))) {
    yield { type: 'think', text: piece };
  }
  yield { type: 'think-end' };
}
