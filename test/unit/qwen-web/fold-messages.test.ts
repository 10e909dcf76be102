import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidRequestError, UnsupportedParameterError } from '../../../shared/chat/errors/request-errors.ts';
import type { AnswerFormat, ChatMessage } from '../../../shared/chat/request.ts';
import { foldMessages } from '../../../shared/upstreams/qwen-web/fold-messages.ts';
import { assistant, toolResult, user } from './chat-request.ts';
import { unfold } from './unfold.ts';

const text: AnswerFormat = { type: 'text' };

const thread = { chatId: 'a' };

function fold(messages: readonly ChatMessage[], format: AnswerFormat = text, isThread = false): string {
  return foldMessages({ messages, format, ...(isThread && { thread }) }).content;
}

/** What a hostile content would hold. */
const hostile = fc.string({
  unit: fc.constantFrom('#message-1#', '#message-2#', '\n', ' user\n', ' end', 'user:', 'x', '"'),
});
const content = fc.oneof(fc.string({ unit: 'grapheme' }), hostile);
const message: fc.Arbitrary<ChatMessage> = fc.oneof(
  content.map((words): ChatMessage => ({ role: 'system', content: words })),
  content.map(assistant),
  content.map((words): ChatMessage => user(words)),
  fc.tuple(content, content).map(([toolCallId, words]) => toolResult(toolCallId, words)),
);

function wordsOf(said: ChatMessage): string {
  if (typeof said.content === 'string') return said.content;
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
    expect(fold([user('u'), assistant('Once')])).toMatch(/Go on with your last message/);
    const behind: ChatMessage = { role: 'system', content: 'be brief' };
    expect(fold([user('u'), behind])).toMatch(/Answer only the last message that holds no instructions/);
    expect(fold([user('u'), assistant('Once'), behind])).toMatch(/Go on with your last message/);
  });

  it('sends only what is new to a chat that knows the rest', () => {
    const messages: readonly ChatMessage[] = [
      { role: 'system', content: 'old' },
      user('old'),
      assistant('old'),
      user('new'),
    ];
    expect(fold(messages, text, true)).toBe('new');
    expect(unfold(fold([...messages, toolResult('c', 'r')], text, true))).toEqual([
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

describe('tool results', () => {
  it('say which call they answer, and whether it failed', () => {
    const named: ChatMessage = { role: 'tool', toolCallId: 'c1', name: 'get "x"', content: [], isError: false };
    expect(unfold(fold([user('u'), named, toolResult('c2', 'no such file', true)]))).toEqual([
      ['user', 'u'],
      ['tool result "c1" of "get \\"x\\""', ''],
      ['tool error "c2"', 'no such file'],
    ]);
  });
});

it('ends with the reminder', () => {
  expect(foldMessages({ messages: [user('u')], format: text, reminder: 'Be brief.' }).content).toBe('u\n\nBe brief.');
  expect(foldMessages({ messages: [user('u')], format: { type: 'json' }, reminder: 'Be brief.' }).content).toMatch(
    /object\.\n\nBe brief\.$/,
  );
});

describe('pictures', () => {
  const picture = (url: string): ChatMessage => ({ role: 'user', content: [{ type: 'image', url }] });
  const own = 'https://cdn.qwenlm.ai/output/a.png?key=TEST';
  const uploaded = 'https://bucket.oss-accelerate.aliyuncs.com/b.png';

  it('that the upstream holds travel beside the text, in order', () => {
    const { content: words, files } = foldMessages({
      messages: [picture(own), user('and'), picture(uploaded)],
      format: text,
    });
    expect(files).toEqual([
      { type: 'image', url: own },
      { type: 'image', url: uploaded },
    ]);
    const marks = ['(attached picture 1: a.png)', 'and', '(attached picture 2: b.png)'];
    expect(unfold(words).map(([, said]) => said)).toEqual(marks);
  });

  it('and files that were uploaded are counted together, in the order of the conversation', () => {
    const uploads = new Map([
      ['data:a', { reference: { id: '1', name: 'notes.pdf' }, usableUntil: 0 }],
      ['https://example.com/b', { reference: { id: '2', name: 'film.mp4' }, usableUntil: 0 }],
    ]);
    const messages: readonly ChatMessage[] = [
      { role: 'user', content: [{ type: 'file', url: 'data:a', name: 'of the client.pdf' }] },
      { role: 'tool', toolCallId: 'c', content: [{ type: 'video', url: 'https://example.com/b' }], isError: false },
      picture(own),
      { role: 'user', content: [{ type: 'file', url: 'data:a' }] },
    ];
    const { content: words, files } = foldMessages({ messages, format: text, uploads });
    expect(files).toEqual([
      { id: '1', name: 'notes.pdf' },
      { id: '2', name: 'film.mp4' },
      { type: 'image', url: own },
      { id: '1', name: 'notes.pdf' },
    ]);
    expect(unfold(words).map(([, said]) => said)).toEqual([
      '(attached file 1: notes.pdf)',
      '(attached video 2: film.mp4)',
      '(attached picture 3: a.png)',
      '(attached file 4: notes.pdf)',
    ]);
  });

  it('of a single message leave its words alone', () => {
    const content = [{ type: 'image', url: own } as const, { type: 'text', text: 'What is it?' } as const];
    expect(foldMessages({ messages: [{ role: 'user', content }], format: text })).toEqual({
      content: 'What is it?',
      files: [{ type: 'image', url: own }],
      documents: [],
    });
  });

  it('without a name are marked as well', () => {
    const bare = 'https://cdn.qwenlm.ai/';
    expect(unfold(fold([picture(bare), user('and')]))[0]).toEqual(['user', '(attached picture 1)']);
  });

  it('of an upstream chat are those that are new', () => {
    const messages = [picture(own), assistant('Nice.'), picture(uploaded)];
    expect(foldMessages({ messages, format: text, thread }).files).toEqual([{ type: 'image', url: uploaded }]);
  });

  it.each([
    ['https://example.com/a.png'],
    ['http://cdn.qwenlm.ai/a.png'],
    ['https://cdn.qwenlm.ai.example.com/a.png'],
    ['https://aliyuncs.com.example.com/a.png'],
    ['data:image/png;base64,AAAA'],
    ['no url'],
  ])('that nobody has uploaded are refused: %s', (url) => {
    const refuse = () => foldMessages({ messages: [picture(url)], format: text });
    expect(refuse).toThrow(UnsupportedParameterError);
    expect(refuse).toThrow(expect.objectContaining({ param: 'messages' }));
  });
});
