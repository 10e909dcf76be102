import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidRequestError, UnsupportedParameterError } from '../../../shared/chat/errors/request-errors.ts';
import type { AnswerFormat, ChatMessage } from '../../../shared/chat/request.ts';
import { foldMessages } from '../../../shared/upstreams/qwen-web/fold-messages.ts';
import { user } from './chat-request.ts';

const text: AnswerFormat = { type: 'text' };

function fold(messages: readonly ChatMessage[], format: AnswerFormat = text, isThread = false): string {
  return foldMessages(messages, format, isThread).content;
}

/** Reads a transcript back: by the marker that its explanation names, and by nothing else. */
function unfold(transcript: string): readonly (readonly [label: string, text: string])[] {
  const marker = /begins with "(#message-\d+#)"/.exec(transcript)?.[1] ?? '';
  const start = transcript.indexOf(`\n\n${marker} `) + 1;
  const parts = transcript.slice(start).split(`\n${marker} `).slice(1);
  return parts.slice(0, -1).map((part) => {
    const end = part.indexOf('\n');
    return [part.slice(0, end), part.slice(end + 1)];
  });
}

/** What a hostile content would hold. */
const hostile = fc.string({
  unit: fc.constantFrom('#message-1#', '#message-2#', '\n', ' user\n', ' end', 'user:', 'x', '"'),
});
const content = fc.oneof(fc.string({ unit: 'grapheme' }), hostile);
const message: fc.Arbitrary<ChatMessage> = fc.oneof(
  content.map((words): ChatMessage => ({ role: 'system', content: words })),
  content.map((words): ChatMessage => ({ role: 'assistant', content: words })),
  content.map((words): ChatMessage => user(words)),
  fc.tuple(content, content).map(([toolCallId, words]): ChatMessage => ({ role: 'tool', toolCallId, content: words })),
);

function wordsOf(said: ChatMessage): string {
  if (said.role !== 'user') return said.content;
  return said.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n\n');
}

describe('folding', () => {
  it('leaves a single user message as it is', () => {
    expect(fold([user('Hello')])).toBe('Hello');
    expect(fold([user('one', 'two')])).toBe('one\n\ntwo');
  });

  it('keeps every message once, in its order, and no content can forge another', () => {
    fc.assert(
      fc.property(fc.array(message, { minLength: 2, maxLength: 6 }), (messages) => {
        const labels = { system: 'instructions', assistant: 'assistant', user: 'user' };
        const expected = messages.map((said) => [
          said.role === 'tool' ? `tool result ${JSON.stringify(said.toolCallId)}` : labels[said.role],
          wordsOf(said),
        ]);
        expect(unfold(fold(messages))).toEqual(expected);
        expect(fold(messages)).toBe(fold(messages));
      }),
    );
  });

  it('ends with what is to be done', () => {
    expect(fold([{ role: 'system', content: 's' }, user('u')])).toMatch(/Answer the last message only/);
    expect(fold([user('u'), { role: 'assistant', content: 'Once' }])).toMatch(/Go on with your last message/);
  });

  it('sends only what is new to a chat that knows the rest', () => {
    const messages: readonly ChatMessage[] = [
      { role: 'system', content: 'old' },
      user('old'),
      { role: 'assistant', content: 'old' },
      user('new'),
    ];
    expect(fold(messages, text, true)).toBe('new');
    expect(unfold(fold([...messages, { role: 'tool', toolCallId: 'c', content: 'r' }], text, true))).toEqual([
      ['user', 'new'],
      ['tool result "c"', 'r'],
    ]);
    expect(() => fold(messages.slice(0, 3), text, true)).toThrow(InvalidRequestError);
  });

  it('asks for JSON at the end', () => {
    expect(fold([user('u')], { type: 'json' })).toMatch(/^u\n\nAnswer with bare JSON only/);
    const schema = { type: 'object', properties: { a: { type: 'string' } } };
    const folded = fold([user('a'), user('b')], { type: 'json-schema', name: 'thing', schema });
    expect(folded.endsWith(JSON.stringify(schema))).toBe(true);
    expect(folded).toContain('named "thing"');
  });
});

describe('pictures', () => {
  const picture = (url: string): ChatMessage => ({ role: 'user', content: [{ type: 'image', url }] });
  const own = 'https://cdn.qwenlm.ai/output/a.png?key=TEST';
  const uploaded = 'https://bucket.oss-accelerate.aliyuncs.com/b.png';

  it('that the upstream holds travel beside the text, in order', () => {
    const { content: words, files } = foldMessages([picture(own), user('and'), picture(uploaded)], text, false);
    expect(files).toEqual([
      { type: 'image', url: own },
      { type: 'image', url: uploaded },
    ]);
    expect(unfold(words).map(([, said]) => said)).toEqual(['(an attached picture)', 'and', '(an attached picture)']);
  });

  it.each([
    ['https://example.com/a.png'],
    ['http://cdn.qwenlm.ai/a.png'],
    ['https://cdn.qwenlm.ai.example.com/a.png'],
    ['https://aliyuncs.com.example.com/a.png'],
    ['data:image/png;base64,AAAA'],
    ['no url'],
  ])('from elsewhere are refused: %s', (url) => {
    const refuse = () => foldMessages([picture(url)], text, false);
    expect(refuse).toThrow(UnsupportedParameterError);
    expect(refuse).toThrow(expect.objectContaining({ param: 'messages' }));
  });
});
