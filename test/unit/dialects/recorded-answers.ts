import type { ChatEvent } from '../../../shared/chat/event.ts';

/** An answer as an upstream gives it, in the batches in which it came. */
export type RecordedAnswer = readonly (readonly ChatEvent[])[];

const start: ChatEvent = { type: 'start', chatId: 'chat-1', responseId: 'response-1' };
const finish: ChatEvent = { type: 'finish', reason: 'stop' };

function text(piece: string): ChatEvent {
  return { type: 'text-delta', text: piece };
}

function usage(outputTokens: number): ChatEvent {
  return { type: 'usage', usage: { inputTokens: 800, outputTokens, totalTokens: 800 + outputTokens } };
}

/** Answers of each kind that the protocol paper has recordings of. */
export const recordedAnswers = {
  plain: [[start], [text('Hello '), usage(2)], [text('"there"\n'), text('日本語 🙂 \\'), usage(5)], [usage(5), finish]],
  thinking: [
    [start],
    [{ type: 'reasoning-delta', text: 'First I ' }],
    [{ type: 'reasoning-delta', text: 'add.' }, usage(40)],
    [text('It is **42**.'), usage(48)],
    [finish],
  ],
  search: [
    [start, { type: 'reasoning-delta', text: 'Search.' }],
    [
      {
        type: 'sources',
        sources: [
          { number: 1, url: 'https://a.example/one', title: 'One', siteName: 'a.example', date: '2026-10-01' },
          { number: 2, url: 'https://b.example/two', title: 'Two' },
        ],
      },
    ],
    [text('Released [['), usage(10)],
    [text('2]] and stable [[1]].'), usage(20)],
    [finish],
  ],
  picture: [[start], [{ type: 'image', url: 'https://cdn.example/blue.png?key=k' }], [text('A circle.')], [finish]],
  video: [[start], [text('Here:')], [{ type: 'video', url: 'https://cdn.example/v.mp4' }], [finish]],
  filtered: [[start], [text('Well, ')], [{ type: 'finish', reason: 'content-filter' }]],
  wordless: [[start], [finish]],
} as const satisfies Record<string, RecordedAnswer>;
