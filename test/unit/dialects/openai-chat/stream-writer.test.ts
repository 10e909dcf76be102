import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ContentFilterError } from '../../../../shared/chat/errors/answer-faults.ts';
import type { ChatEvent } from '../../../../shared/chat/event.ts';
import type { OpenAiChatOptions } from '../../../../shared/dialects/openai-chat/options.ts';
import { batches, identity, records, streamPieces } from '../answer-server.ts';
import { type RecordedAnswer, recordedAnswers } from '../recorded-answers.ts';
import { asked } from './asked.ts';

async function stream(answer: RecordedAnswer, options: Partial<OpenAiChatOptions> = {}): Promise<readonly unknown[]> {
  const pieces = await streamPieces(asked(options), batches(answer));
  return records(pieces.join(''));
}

function chunk(delta: object, finishReason: string | null = null): object {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1_795_000_000,
    model: 'Qwen3.7-Plus',
    choices: [{ index: 0, delta, finish_reason: finishReason }],
  };
}

describe('a stream', () => {
  it('is role, deltas, one finish reason and the terminator', async () => {
    expect(await stream(recordedAnswers.plain)).toEqual([
      chunk({ role: 'assistant', content: '' }),
      chunk({ content: 'Hello ' }),
      chunk({ content: '"there"\n' }),
      chunk({ content: '日本語 🙂 \\' }),
      chunk({}, 'stop'),
      '[DONE]',
    ]);
  });

  it('writes one string per batch, and nothing for a batch without anything to show', () => {
    const writer = asked().streamWriter(identity);
    writer.open();
    expect(records(writer.write(recordedAnswers.plain[1]))).toHaveLength(1);
    expect(records(writer.write(recordedAnswers.plain[2]))).toHaveLength(2);
    expect(writer.write(recordedAnswers.plain[3])).toBe('');
    expect(writer.write([{ type: 'text-delta', text: '' }])).toBe('');
  });

  it('has the role in its first chunk also when a silence comes first', () => {
    const writer = asked().streamWriter(identity);
    expect(records(writer.open() + writer.idle() + writer.idle())).toEqual([
      chunk({ role: 'assistant', content: '' }),
      chunk({}),
      chunk({}),
    ]);
  });

  it('is broken by an in-band error with all four fields', () => {
    const writer = asked().streamWriter(identity);
    writer.open();
    expect(records(writer.fail(new ContentFilterError('Refused.')))).toEqual([
      { error: { message: 'Refused.', type: 'invalid_request_error', param: null, code: 'content_filter' } },
    ]);
  });

  it.each([
    ['stop', 'stop'],
    ['tool-calls', 'tool_calls'],
    ['length', 'length'],
    ['content-filter', 'content_filter'],
  ] as const)('ends %s as %s', async (reason, written) => {
    const all = await stream([
      [
        { type: 'text-delta', text: 'x' },
        { type: 'finish', reason },
      ],
    ]);
    expect(all.at(-2)).toEqual(chunk({}, written));
  });

  it('keeps names and texts whole that need escapes', async () => {
    const odd = { ...identity, id: '"\\\n', model: '日本 "m" \u2028' };
    const writer = asked().streamWriter(odd);
    const nasty = '\u0000 \n\n data: [DONE]\n\n "\\" \ud800 \u2028';
    const all = records(writer.open() + writer.write([{ type: 'text-delta', text: nasty }]));
    expect(all.at(-1)).toMatchObject({
      id: `chatcmpl-${odd.id}`,
      model: odd.model,
      choices: [{ delta: { content: nasty } }],
    });
  });
});

describe('token counts', () => {
  it('come in a last chunk of their own, without choices, when asked for', async () => {
    const all = await stream(recordedAnswers.plain, { includeUsage: true });
    expect(all.slice(-3)).toEqual([
      chunk({}, 'stop'),
      { ...chunk({}), choices: [], usage: { prompt_tokens: 800, completion_tokens: 5, total_tokens: 805 } },
      '[DONE]',
    ]);
    expect(JSON.stringify(all).match(/"usage"/g)).toHaveLength(1);
  });

  it('hold the details that the upstream told', async () => {
    const usage = {
      inputTokens: 9,
      outputTokens: 5,
      totalTokens: 14,
      reasoningTokens: 3,
      cachedTokens: 0,
      imageTokens: 4,
    };
    const all = await stream(
      [
        [
          { type: 'usage', usage },
          { type: 'finish', reason: 'stop' },
        ],
      ],
      { includeUsage: true },
    );
    expect(all.at(-2)).toMatchObject({
      usage: {
        prompt_tokens_details: { cached_tokens: 0, image_tokens: 4 },
        completion_tokens_details: { reasoning_tokens: 3 },
      },
    });
  });

  it('are not made up', async () => {
    expect(JSON.stringify(await stream(recordedAnswers.wordless, { includeUsage: true }))).not.toContain('usage');
  });
});

describe('thinking', () => {
  it('goes out as reasoning_content', async () => {
    const all = await stream(recordedAnswers.thinking);
    expect(all.slice(1, 4)).toEqual([
      chunk({ reasoning_content: 'First I ' }),
      chunk({ reasoning_content: 'add.' }),
      chunk({ content: 'It is **42**.' }),
    ]);
  });

  it('is left out by setting', async () => {
    const all = await stream(recordedAnswers.thinking, { outputThinking: false });
    expect(JSON.stringify(all)).not.toContain('reasoning_content');
    expect(all[1]).toEqual(chunk({ content: 'It is **42**.' }));
  });
});

describe('pictures and videos', () => {
  it('become Markdown in the text', async () => {
    expect((await stream(recordedAnswers.picture)).slice(1, 3)).toEqual([
      chunk({ content: '![Image](https://cdn.example/blue.png?key=k)\n\n' }),
      chunk({ content: 'A circle.' }),
    ]);
    expect((await stream(recordedAnswers.video)).slice(1, 3)).toEqual([
      chunk({ content: 'Here:' }),
      chunk({ content: '\n\n[Video](https://cdn.example/v.mp4)\n\n' }),
    ]);
  });

  it('can not break out of their link', async () => {
    const url = 'https://a.example/x) [evil](y <b>|é';
    const [, image] = await stream([
      [
        { type: 'image', url },
        { type: 'finish', reason: 'stop' },
      ],
    ]);
    expect(image).toEqual(chunk({ content: '![Image](https://a.example/x%29%20[evil]%28y%20%3Cb%3E%7Cé)\n\n' }));
  });
});

describe('any text in any pieces', () => {
  it('is the concatenation of the deltas', async () => {
    const pieces = fc.array(fc.record({ text: fc.string({ unit: 'binary' }), reasoning: fc.boolean() }));
    await fc.assert(
      fc.asyncProperty(pieces, async (all) => {
        const events: ChatEvent[] = all.map(({ text, reasoning }) => {
          return { type: reasoning ? 'reasoning-delta' : 'text-delta', text };
        });
        const written = await stream([events, [{ type: 'finish', reason: 'stop' }]]);
        const joined = (reasoning: boolean) =>
          all.flatMap((piece) => (piece.reasoning === reasoning ? [piece.text] : [])).join('');
        expect(deltas(written, 'content')).toBe(joined(false));
        expect(deltas(written, 'reasoning_content')).toBe(joined(true));
      }),
    );
  });
});

function deltas(all: readonly unknown[], field: string): string {
  return all.map((record) => readDelta(record, field)).join('');
}

function readDelta(record: unknown, field: string): string {
  if (typeof record !== 'object' || record === null) return '';
  const [choice] = Reflect.get(record, 'choices');
  return choice.delta[field] ?? '';
}
