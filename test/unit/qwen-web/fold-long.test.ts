import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChatMessage } from '../../../shared/chat/request.ts';
import { foldMessages } from '../../../shared/upstreams/qwen-web/fold-messages.ts';
import { assistant, toolResult, user } from './chat-request.ts';
import { expectedOf, foldLong, plainText, unfoldAll } from './long-messages.ts';
import { sectionsOf } from './unfold.ts';

const limit = 110_000;
const system = (content: string): ChatMessage => ({ role: 'system', content });
const labels = (text: string) => sectionsOf(text).map(([label]) => label);
/** A conversation of so many turns, each about 4 kB. */
const turns = (count: number) =>
  Array.from({ length: count }, (_, turn) => [
    user(`question ${turn} ${'why '.repeat(400)}`),
    assistant(`answer ${turn} ${'so '.repeat(800)}`),
  ]).flat();

describe('a long conversation', () => {
  const messages = [system('Be kind.'), ...turns(80), user('And now?')];

  it('is whole in message and files, under the limit', () => {
    const folded = foldLong(messages, limit);
    expect(unfoldAll(folded)).toEqual(expectedOf(messages));
    expect(folded.bytes).toBeLessThan(limit);
    expect(folded.files.size).toBeLessThanOrEqual(4);
  });

  it('keeps instructions, the newest messages and the task in the message', () => {
    const { content } = foldLong(messages, limit);
    const sections = sectionsOf(content);
    expect(sections[0]).toEqual(['instructions', 'Be kind.']);
    expect(sections[1]?.[0]).toBe('messages in file "conversation-1.txt"');
    expect(sections.at(-1)).toEqual(['user', 'And now?']);
    expect(content.endsWith('no further messages.')).toBe(true);
    expect(content).toContain('Answer the last message only');
  });

  it('keeps as many of the newest messages as fit: one unit more would be too much', () => {
    for (const count of [30, 31, 45, 80, 200]) {
      const { content, bytes } = foldLong([...turns(count), user('And now?')], limit);
      const unit = limit / 8;
      expect(bytes).toBeLessThan(limit);
      // A unit has less than one message more than its bytes; the rest is room for the references of files.
      expect(bytes).toBeGreaterThan(limit - unit - 4100 - 5 * 2000 - 2000);
      expect(labels(content).filter((label) => label === 'user').length).toBeGreaterThan(15);
    }
  });

  it('leaves files as they are while it grows, so that hardly any is uploaded twice', () => {
    const known = new Set<string>();
    let uploaded = 0;
    let conversation = 0;
    for (let count = 30; count <= 150; count += 1) {
      const grown = [system('Be kind.'), ...turns(count), user('And now?')];
      conversation = JSON.stringify(expectedOf(grown)).length;
      for (const text of foldLong(grown, limit).files.values()) {
        if (known.has(text)) continue;
        known.add(text);
        uploaded += text.length;
      }
    }
    expect(known.size).toBeLessThan(60);
    expect(uploaded).toBeLessThan(6 * conversation);
  });

  it('gives a file with the same bytes the same name', () => {
    const names = new Map<string, string>();
    for (let count = 30; count <= 150; count += 1) {
      for (const [name, text] of foldLong([...turns(count), user('?')], limit).files) {
        expect(names.get(text) ?? name).toBe(name);
        names.set(text, name);
      }
    }
  });

  it('below the limit stays in the message, however near', () => {
    const whole = foldLong(turns(26), limit);
    expect(whole.files.size).toBe(0);
    expect(whole.content).toBe(foldMessages({ messages: turns(26), format: plainText }).content);
  });

  it('in a chat that knows the rest has only what is new', () => {
    const news = [...turns(40).filter(({ role }) => role === 'user'), user('x'.repeat(80_000))];
    const folded = foldLong([...turns(500), ...news], limit, { thread: { chatId: 'a' } });
    expect(unfoldAll(folded)).toEqual(expectedOf(news));
    expect(folded.bytes).toBeLessThan(limit);
  });
});

describe('one message that is too large', () => {
  const paste = `Sum this up.\n\n${'lorem 😀 ipsum '.repeat(20_000)}\n\nIn one word, please.`;

  it('as the only one goes into a file, its beginning and its end stay', () => {
    const folded = foldLong([user(paste)], limit);
    expect(unfoldAll(folded)).toEqual(expectedOf([user(paste)]));
    expect(labels(folded.content)).toEqual(['messages in file "conversation-1.txt"', 'user again', 'left out']);
    expect(folded.content).toContain('user again\nSum this up.');
    expect(folded.content).toContain('In one word, please.\n');
    expect(folded.content.isWellFormed()).toBe(true);
    expect(folded.bytes).toBeLessThan(10_000);
  });

  it('is uploaded no second time when the conversation goes on', () => {
    const first = foldLong([user(paste)], limit);
    const second = foldLong([user(paste), assistant('Lorem.'), user('Really?')], limit);
    expect([...second.files]).toEqual([...first.files]);
    expect(sectionsOf(second.content).slice(1)).toEqual([
      ['assistant', 'Lorem.'],
      ['user', 'Really?'],
    ]);
  });

  it('as a result of a tool leaves the question to be seen', () => {
    const messages = [user('Find the bug.'), assistant('I look.'), toolResult('c', 'code\n'.repeat(40_000))];
    const folded = foldLong(messages, limit);
    expect(unfoldAll(folded)).toEqual(expectedOf(messages));
    expect(labels(folded.content)).toEqual([
      'messages in file "conversation-1.txt"',
      'user again',
      'tool result "c" again',
      'left out',
    ]);
    expect(folded.content).toContain('user again\nFind the bug.\n');
  });

  it('as instructions has a file of its own, which is the same in each turn', () => {
    const large = system(`You are kind.\n${'Rule.\n'.repeat(40_000)}Never lie.`);
    const one = foldLong([large, user('Hi')], limit);
    const two = foldLong([large, system('Short.'), user('Hi'), assistant('Hello'), ...turns(40), user('x')], limit);
    expect(unfoldAll(one)).toEqual(expectedOf([large, user('Hi')]));
    expect(two.files.get('instructions.txt')).toBe(one.files.get('instructions.txt'));
    expect(labels(one.content)).toEqual(['instructions in file "instructions.txt"', 'left out', 'user']);
    expect(one.content).toContain('\nYou are kind.\n');
    expect(one.content).toContain('Never lie.\n');
    expect(labels(two.content).slice(0, 4)).toEqual([
      'instructions in file "instructions.txt"',
      'left out',
      'instructions',
      'messages in file "conversation-1.txt"',
    ]);
  });

  it('as very many instructions goes the way of all messages', () => {
    const messages = [
      ...Array.from({ length: 300 }, (_, rule) => system(`Rule ${rule} ${'x'.repeat(1000)}`)),
      user('Hi'),
    ];
    const folded = foldLong(messages, limit);
    expect(unfoldAll(folded)).toEqual(expectedOf(messages));
    expect(folded.bytes).toBeLessThan(limit);
  });

  it('as the form of the answer is an instruction like others', () => {
    const schema = { type: 'object', properties: { a: { type: 'string', description: 'é'.repeat(60_000) } } };
    const folded = foldLong([user('u')], limit, { format: { type: 'json-schema', name: 'thing', schema } });
    const [first, second] = unfoldAll(folded);
    expect(first).toEqual(['user', 'u']);
    expect(second?.[1]).toContain(JSON.stringify(schema));
    expect(folded.content.endsWith('in the form that the last instructions ask for.')).toBe(true);
  });
});

describe('any messages', () => {
  const piece = fc.constantFrom(
    '#message-1#',
    '#message-2#',
    '\n#message-1# user\n',
    '\n#message-1# end\n',
    ' messages in file "conversation-1.txt"\n',
    ' again',
    'left out',
    '\n\n',
    'user: ',
    '```\n',
    '"',
    '\\',
    '\u0000\u001b\u007f',
    '\ud83d',
    '\ude00',
    '😀é語',
    'x'.repeat(700),
    'begins with "#message-9#"',
  );
  const words = fc.oneof(
    fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
    fc.string({ unit: 'binary' }),
  );
  const short = fc.array(piece, { maxLength: 3 }).map((pieces) => pieces.join('').slice(0, 100));
  const message: fc.Arbitrary<ChatMessage> = fc.oneof(
    words.map(system),
    words.map(assistant),
    words.map((said): ChatMessage => user(said)),
    fc
      .tuple(short, short, words, fc.boolean())
      .map(([toolCallId, name, said, isError]): ChatMessage => ({ ...toolOf(toolCallId, said), name, isError })),
  );
  const toolOf = (toolCallId: string, said: string) => ({
    role: 'tool' as const,
    toolCallId,
    content: [{ type: 'text' as const, text: said }],
  });

  it('come back as they were, in messages of any size allowed, and nothing can forge another', () => {
    const conversation = fc.array(message, { minLength: 2, maxLength: 24 });
    let split = 0;
    fc.assert(
      fc.property(conversation, fc.integer({ min: 20_000, max: 40_000 }), fc.nat(60), (messages, bytes, stretch) => {
        const long = messages.map((said) => stretched(said, stretch));
        const folded = foldLong(long, bytes);
        if (folded.files.size > 0) split += 1;
        if (long.length > 1 || folded.files.size > 0) expect(unfoldAll(folded)).toEqual(expectedOf(long));
        for (const text of [folded.content, ...folded.files.values()]) expect(text.isWellFormed()).toBe(true);
        expect(folded.bytes + folded.files.size * 2000).toBeLessThanOrEqual(bytes);
      }),
      { numRuns: 500 },
    );
    expect(split).toBeGreaterThan(80);
  });

  /** The same message, its words so many times. */
  function stretched(said: ChatMessage, times: number): ChatMessage {
    if (said.role === 'system' || said.role === 'assistant') return { ...said, content: said.content.repeat(times) };
    const content = said.content.map((part) =>
      part.type === 'text' ? { ...part, text: part.text.repeat(times) } : part,
    );
    return { ...said, content };
  }
});
