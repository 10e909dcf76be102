import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RateLimitedError } from '../../../../shared/chat/errors/account-faults.ts';
import { ToolCallInvalidError } from '../../../../shared/chat/errors/answer-faults.ts';
import type { ChatEvent } from '../../../../shared/chat/event.ts';
import { readBodyOf, settings } from './reading.ts';
import {
  bodyWithThoughts,
  callOf,
  chunksOf,
  finishOf,
  identity,
  joinedParts,
  streamed,
  streamWriter,
  textOf,
} from './writing.ts';

const start: ChatEvent = { type: 'start', chatId: 'chat', responseId: 'response' };
const names = { modelVersion: 'Qwen3.7-Plus', responseId: 'answer-1' };
const usage: ChatEvent = {
  type: 'usage',
  usage: { inputTokens: 100, outputTokens: 30, totalTokens: 130, reasoningTokens: 20, cachedTokens: 5 },
};

describe('a stream of events', () => {
  it('has one chunk for each piece, and the end with reason and usage in the last', () => {
    const chunks = chunksOf(streamed([[start], [textOf('Hel'), textOf('lo "you"\n')], [usage, finishOf()]]));
    expect(chunks).toEqual([
      { candidates: [{ content: { parts: [{ text: 'Hel' }], role: 'model' }, index: 0 }], ...names },
      { candidates: [{ content: { parts: [{ text: 'lo "you"\n' }], role: 'model' }, index: 0 }], ...names },
      {
        candidates: [{ content: { parts: [{ text: '' }], role: 'model' }, finishReason: 'STOP', index: 0 }],
        usageMetadata: {
          promptTokenCount: 100,
          candidatesTokenCount: 10,
          thoughtsTokenCount: 20,
          cachedContentTokenCount: 5,
          totalTokenCount: 130,
        },
        ...names,
      },
    ]);
  });

  it('tells its content type', () => {
    expect(streamWriter().contentType).toMatch(/^text\/event-stream/);
  });

  it('has neither event names, comments nor a [DONE]', () => {
    const writer = streamWriter();
    const stream = writer.idle() + streamed([[start], [textOf('a')], [finishOf()]], writer);
    expect(stream).not.toMatch(/^(?!data: \{|$)/m);
    expect(stream).not.toContain('[DONE]');
  });

  it('makes up no usage', () => {
    expect(streamed([[textOf('a')], [finishOf()]])).not.toContain('usageMetadata');
  });

  it('keeps silent clients with an empty part, which the chat helper of the SDK takes', () => {
    expect(chunksOf(streamWriter().idle())).toEqual([
      { candidates: [{ content: { parts: [{ text: '' }], role: 'model' }, index: 0 }], ...names },
    ]);
  });

  it.each([
    ['stop', 'STOP'],
    ['tool-calls', 'STOP'],
    ['length', 'MAX_TOKENS'],
    ['content-filter', 'SAFETY'],
  ] as const)('ends by %s as %s', (reason, finishReason) => {
    const chunks = chunksOf(streamed([[textOf('a')], [finishOf(reason)]]));
    expect(chunks.map(({ candidates }) => candidates?.[0]?.finishReason)).toEqual([undefined, finishReason]);
  });

  it('shows thoughts to those who ask, when the owner lets it', () => {
    const answer = [[{ type: 'reasoning-delta', text: 'Hm.' } as const], [textOf('Yes.')], [finishOf()]];
    expect(joinedParts(chunksOf(streamed(answer)))).toEqual([{ thought: true, text: 'Hm.' }, { text: 'Yes.' }]);
    const unasked = streamWriter({ contents: [{ parts: [{ text: 'hi' }] }] });
    expect(joinedParts(chunksOf(streamed(answer, unasked)))).toEqual([{ text: 'Yes.' }]);
    const closed = streamWriter(bodyWithThoughts, { settings: { ...settings, outputThinking: false } });
    expect(joinedParts(chunksOf(streamed(answer, closed)))).toEqual([{ text: 'Yes.' }]);
  });

  it('gives a call as one part, when it is whole', () => {
    const writer = streamWriter();
    const events = callOf('id-1', 'get_weather', { city: 'Zürich\n\n"x"', n: 1 });
    expect(writer.write(events.slice(0, -1))).toBe('');
    expect(chunksOf(writer.write(events.slice(-1)))).toMatchObject([
      {
        candidates: [
          {
            content: {
              parts: [{ functionCall: { id: 'id-1', name: 'get_weather', args: { city: 'Zürich\n\n"x"', n: 1 } } }],
            },
          },
        ],
      },
    ]);
  });

  it('gives several calls, one without arguments, behind text', () => {
    const calls = [
      ...callOf('1', 'f', { a: 1 }),
      { type: 'tool-call-start', id: '2', name: 'g', input: 'json' } as const,
    ];
    const answer = [[textOf('Looking.')], calls, [{ type: 'tool-call-end' } as const], [finishOf('tool-calls')]];
    expect(joinedParts(chunksOf(streamed(answer)))).toEqual([
      { text: 'Looking.' },
      { functionCall: { id: '1', name: 'f', args: { a: 1 } } },
      { functionCall: { id: '2', name: 'g', args: {} } },
    ]);
  });

  it('gives no part of a call that was cut off', () => {
    const cut = callOf('1', 'f', { a: 1 }).slice(0, 3);
    expect(joinedParts(chunksOf(streamed([cut, [finishOf('length')]])))).toEqual([]);
  });

  it('refuses arguments that are no JSON', () => {
    const events: readonly ChatEvent[] = [
      { type: 'tool-call-start', id: '1', name: 'f', input: 'json' },
      { type: 'tool-call-delta', text: '{"a":' },
      { type: 'tool-call-end' },
    ];
    expect(() => streamWriter().write(events)).toThrow(ToolCallInvalidError);
  });

  it('shows pictures and videos as Markdown', () => {
    const image: ChatEvent = { type: 'image', url: 'https://cdn.example/a b.png' };
    const video: ChatEvent = { type: 'video', url: 'https://cdn.example/v.mp4' };
    const [part] = joinedParts(chunksOf(streamed([[image], [textOf('Here.'), video], [finishOf()]])));
    expect(part?.text).toBe(
      '![Image](https://cdn.example/a%20b.png)\n\nHere.\n\n[Video](https://cdn.example/v.mp4)\n\n',
    );
  });

  it('tells an error in the stream, and nothing after it', () => {
    const writer = streamWriter();
    const chunks = chunksOf(
      writer.write([textOf('a')]) + writer.fail(new RateLimitedError('Too many.', { retryAfterSeconds: 7 })),
    );
    expect(chunks.at(-1)).toMatchObject({ error: { code: 429, message: 'Too many.', status: 'RESOURCE_EXHAUSTED' } });
    expect(JSON.stringify(chunks)).not.toContain('finishReason');
  });

  it('stops in the middle of a record behind an error, which Gemini CLI would overlook', () => {
    const stream = streamWriter().fail(new RateLimitedError('Too many.'));
    expect(stream).toMatch(/^data: \{"error":.*\}\n\ndata: \{$/);
  });

  it('never takes an answer without an end for a good one', () => {
    const chunks = chunksOf(streamed([[textOf('a')]]));
    expect(chunks.at(-1)).toMatchObject({ error: { code: 502, status: 'UNAVAILABLE' } });
    expect(JSON.stringify(chunks)).not.toContain('finishReason');
  });
});

describe('sources', () => {
  const sources: ChatEvent = {
    type: 'sources',
    sources: [{ number: 1, url: 'https://a.example/1', title: 'One' }],
  };
  const answer = [[sources], [textOf('It is [[1]].')], [finishOf()]];

  it('are the grounding of the last chunk', () => {
    const chunks = chunksOf(streamed(answer));
    expect(chunks.at(-1)).toMatchObject({
      candidates: [{ groundingMetadata: { groundingChunks: [{ web: { uri: 'https://a.example/1', title: 'One' } }] } }],
    });
    expect(JSON.stringify(chunks.slice(0, -1))).not.toContain('grounding');
  });

  it('are told at the end of the text too, if the owner likes', () => {
    const listed = { settings: { ...settings, searchInfoMode: 'text' } as const };
    const [part] = joinedParts(chunksOf(streamed(answer, streamWriter(bodyWithThoughts, listed))));
    expect(part?.text).toBe('It is [[1]].\n\nSources:\n\n1. One: https://a.example/1');
    const json = { ...bodyWithThoughts, generationConfig: { responseMimeType: 'application/json' } };
    expect(streamed(answer, streamWriter(json, listed))).not.toContain('Sources:');
  });
});

describe('a JSON array', () => {
  const array = () => streamWriter(bodyWithThoughts, { query: {} });

  it('holds the same chunks', () => {
    const answer = [[start], [textOf('a'), textOf('b')], callOf('1', 'f', {}), [usage, finishOf()]];
    expect(array().contentType).toMatch(/^application\/json/);
    expect(JSON.parse(streamed(answer, array()))).toEqual(chunksOf(streamed(answer)));
  });

  it('is open for an empty part wherever it stands', () => {
    const writer = array();
    const text = [
      writer.open(),
      writer.idle(),
      writer.write([textOf('a')]),
      writer.idle(),
      writer.write([finishOf()]),
      writer.close(),
    ];
    expect(joinedParts(JSON.parse(text.join('')))).toEqual([{ text: 'a' }]);
  });

  it('ends with the error, first or last', () => {
    const failure = new RateLimitedError('Too many.');
    expect(JSON.parse(array().fail(failure))).toMatchObject([{ error: { code: 429 } }]);
    const writer = array();
    expect(JSON.parse(writer.write([textOf('a')]) + writer.fail(failure))).toMatchObject([
      { candidates: [{}] },
      { error: { code: 429 } },
    ]);
  });
});

describe('any answer', () => {
  const textPiece = fc.string({ unit: 'grapheme', maxLength: 8 }).map(textOf);
  const thought = fc
    .string({ unit: 'grapheme', maxLength: 8 })
    .map((text) => ({ type: 'reasoning-delta', text }) as const);
  const call = fc
    .tuple(fc.uuid(), fc.dictionary(fc.string(), fc.jsonValue()), fc.integer({ min: 1, max: 9 }))
    .map(([id, input, size]) => callOf(id, 'f', input, size));
  const answer = fc
    .array(fc.oneof(textPiece, thought, call), { maxLength: 12 })
    .map((items) => [...items.flat(), usage, finishOf()]);

  it('says the same streamed, as an array and whole, however it is cut into batches', () => {
    fc.assert(
      fc.property(answer, fc.integer({ min: 1, max: 5 }), (events, size) => {
        const batches = Array.from({ length: Math.ceil(events.length / size) }, (_, index) =>
          events.slice(index * size, (index + 1) * size),
        );
        const chunks = chunksOf(streamed(batches));
        expect(JSON.parse(streamed(batches, streamWriter(bodyWithThoughts, { query: {} })))).toEqual(chunks);
        const whole = wholeOf(events);
        expect(joinedParts([whole])).toEqual(joinedParts(chunks));
        expect(whole.usageMetadata).toEqual(chunks.at(-1)?.usageMetadata);
      }),
    );
  });
});

function wholeOf(events: readonly ChatEvent[]) {
  const writer = readBodyOf(bodyWithThoughts).wholeWriter(identity);
  writer.write(events);
  return JSON.parse(JSON.stringify(writer.body()));
}
