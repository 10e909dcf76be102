import { describe, expect, it } from 'vitest';
import { TruncatedAnswerError } from '../../../../shared/chat/errors/answer-faults.ts';
import type { ChatEvent } from '../../../../shared/chat/event.ts';
import { readBodyOf, settings } from './reading.ts';
import { bodyWithThoughts, callOf, finishOf, identity, textOf } from './writing.ts';

const thought = (text: string): ChatEvent => ({ type: 'reasoning-delta', text });

function bodyOf(
  events: readonly ChatEvent[],
  body: object = bodyWithThoughts,
  mode: 'annotations' | 'table' = 'annotations',
) {
  const writer = readBodyOf(body, { settings: { ...settings, searchInfoMode: mode } }).wholeWriter(identity);
  for (const event of events) writer.write([event]);
  return writer.body();
}

describe('a whole answer', () => {
  it('is one candidate with a part for each kind', () => {
    const usage: ChatEvent = { type: 'usage', usage: { inputTokens: 3, outputTokens: 2, totalTokens: 5 } };
    const events = [
      thought('Hm'),
      thought('.'),
      textOf('Ye'),
      textOf('s.'),
      ...callOf('1', 'f', { a: [1] }),
      usage,
      finishOf('tool-calls'),
    ];
    expect(bodyOf(events)).toEqual({
      candidates: [
        {
          content: {
            parts: [
              { thought: true, text: 'Hm.' },
              { text: 'Yes.' },
              { functionCall: { id: '1', name: 'f', args: { a: [1] } } },
            ],
            role: 'model',
          },
          finishReason: 'STOP',
          index: 0,
        },
      ],
      usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 2, totalTokenCount: 5 },
      modelVersion: 'Qwen3.7-Plus',
      responseId: 'answer-1',
    });
  });

  it('shows no thoughts unasked', () => {
    const body = bodyOf([thought('Hm.'), textOf('Yes.'), finishOf()], { contents: [{ parts: [{ text: 'hi' }] }] });
    expect(body).toMatchObject({ candidates: [{ content: { parts: [{ text: 'Yes.' }] } }] });
  });

  it('has a part even without words, so that clients find one', () => {
    expect(bodyOf([finishOf('length')])).toMatchObject({
      candidates: [{ content: { parts: [{ text: '' }] }, finishReason: 'MAX_TOKENS' }],
    });
  });

  it('has pictures, sources and what the owner wants of them', () => {
    const events: readonly ChatEvent[] = [
      { type: 'sources', sources: [{ number: 1, url: 'https://a.example', title: 'One' }] },
      textOf('See'),
      { type: 'image', url: 'https://cdn.example/a.png' },
      finishOf(),
    ];
    const body = bodyOf(events, bodyWithThoughts, 'table');
    const text = JSON.stringify(body);
    expect(text).toContain('See\\n\\n![Image](https://cdn.example/a.png)');
    expect(text).toContain('| 1 | [One](https://a.example) |');
    expect(body).toMatchObject({
      candidates: [{ groundingMetadata: { groundingChunks: [{ web: { title: 'One' } }] } }],
    });
  });

  it('can’t be had before its end', () => {
    expect(() => bodyOf([textOf('a')])).toThrow(TruncatedAnswerError);
  });
});
