import type { AnswerPart } from './part.ts';
import { planSummary } from './plan-thinking.ts';
import type { AnswerScript } from './script.ts';
import { splitText } from './split-text.ts';

/** The parts that a script asks for, without the frames around every answer. */
export function* planScript(script: AnswerScript): Generator<AnswerPart> {
  if (script.raw !== undefined) {
    for (const bytes of listOf(script.raw)) {
      yield { type: 'raw', bytes };
    }
    return;
  }
  if (script.reasoning !== undefined) {
    yield* planSummary(listOf(script.reasoning).map((thought, index) => ({ title: `Thought ${index + 1}`, thought })));
  }
  const pieces = typeof script.text === 'string' ? splitText(script.text) : (script.text ?? []);
  for (const text of pieces) {
    yield { type: 'text', text };
  }
  if (script.bulk !== undefined) {
    const part = { type: 'text', text: script.bulk.chunkText } as const;
    for (let index = 0; index < script.bulk.chunks; index += 1) {
      yield part;
    }
  }
}

function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}
