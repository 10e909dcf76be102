import { spacedJson } from '../json-spacing.ts';
import type { AnswerPart } from './part.ts';
import { planSummary } from './plan-thinking.ts';
import { splitText } from './split-text.ts';

const callId = 'call_5d2f4a7be61c4f0d9a';

/** The two forms of one made-up picture. */
export interface Picture {
  readonly original: string;
  readonly display: string;
}

/** A picture made from words: the call's arguments grow as a partial JSON string (qwen-web §5.1). */
export function* planPicture(prompt: string, picture: Picture): Generator<AnswerPart> {
  yield* planSummary([{ title: 'Preparing the picture', thought: 'I know what to draw.' }]);
  const call = { phase: 'image_gen_tool', name: 'image_gen', callId } as const;
  yield { type: 'tool-call', ...call, arguments: '', extra: {} };
  const complete = spacedJson({ prompt });
  for (const share of [0.4, 0.8, 1, 1]) {
    yield { type: 'tool-call', ...call, arguments: complete.slice(0, Math.ceil(complete.length * share)), extra: {} };
  }
  yield { type: 'tool-result', ...call, extra: pictureResult(picture.original, picture.display) };
  yield { type: 'new-round', inputTokens: 1793 };
  yield* planSummary([{ title: 'Confirming the picture', thought: 'It exists, so I say so without links.' }]);
  yield* words('Here is your picture.');
}

/** A picture made from another: the call's arguments stay empty (qwen-web §5.2). */
export function* planPictureEdit(picture: Picture): Generator<AnswerPart> {
  yield* planSummary([{ title: 'Changing the picture', thought: 'Only what was asked for changes.' }]);
  const call = { phase: 'image_edit_tool', name: 'image_edit', callId } as const;
  for (let repeat = 0; repeat < 5; repeat += 1) {
    yield { type: 'tool-call', ...call, arguments: '{}', extra: {} };
  }
  yield { type: 'tool-result', ...call, extra: pictureResult(picture.display, picture.display) };
  yield { type: 'new-round', inputTokens: 3923 };
  yield* planSummary([{ title: 'The change is made', thought: 'The rest is untouched.' }]);
  yield* words('The picture is changed.');
}

function pictureResult(original: string, display: string): object {
  return { tool_result: [{ image: original }], image_list: [{ image: display }], display_position: 'answer' };
}

function* words(text: string): Generator<AnswerPart> {
  for (const piece of splitText(text)) {
    yield { type: 'text', text: piece };
  }
}
