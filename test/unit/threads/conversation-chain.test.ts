import { describe, expect, it } from 'vitest';
import type { AssistantMessage, ChatMessage } from '../../../shared/chat/request.ts';
import { noTools } from '../../../shared/chat/tool.ts';
import { ConversationChain } from '../../../shared/threads/conversation-chain.ts';
import type { ConversationSeed } from '../../../shared/threads/conversation-seed.ts';
import { toolResult, user } from '../qwen-web/chat-request.ts';

const look = {
  name: 'look',
  description: '',
  input: 'json',
  parameters: {
    properties: { deep: { type: 'boolean', default: false }, at: { default: { b: 1, a: [2] } }, path: {} },
  },
} as const;
const paste = { name: 'paste', description: '', input: 'text', parameters: {} } as const;
const tools = { definitions: [look, paste], choice: { type: 'auto' }, parallel: true } as const;
const seed: ConversationSeed = {
  callerId: 'key',
  model: 'qwen3.7-plus',
  tools,
  format: { type: 'text' },
  search: false,
  life: 'single-answer',
};

function assistant(content: string): AssistantMessage {
  return { role: 'assistant', content, toolCalls: [] };
}

function calling(name: string, text: string, id = 'call'): AssistantMessage {
  return { role: 'assistant', content: '', toolCalls: [{ id, name, arguments: text }] };
}

const known = (messages: readonly ChatMessage[], changes: Partial<ConversationSeed> = {}) =>
  new ConversationChain({ ...seed, ...changes }, messages).known;
const answered = (answer: ChatMessage) => known([user('question'), answer, user('next')]);

describe('the seed of a conversation', () => {
  it.each<[string, Partial<ConversationSeed>]>([
    ['caller', { callerId: 'other' }],
    ['model', { model: 'qwen3.8-max' }],
    ['tools', { tools: { ...tools, definitions: [look] } }],
    ['choice of tools', { tools: { ...tools, choice: { type: 'required' } } }],
    ['format', { format: { type: 'json' } }],
    ['kind of chat', { search: true }],
    ['life of the chat', { life: 'index' }],
  ])('binds its %s', (_what, changes) => {
    const messages = [user('question'), assistant('answer'), user('next')];
    expect(known(messages, changes)).not.toBe(known(messages));
    expect(known(messages, { ...seed })).toBe(known(messages));
  });

  it('heeds no order of members', () => {
    const messages = [user('question'), assistant('answer'), user('next')];
    const { input, parameters, description, name } = look;
    const turned = { input, parameters, description, name };
    expect(known(messages, { tools: { ...tools, definitions: [turned, paste] } })).toBe(known(messages));
  });
});

describe('the place to go on from', () => {
  it('is the last answer', () => {
    const first = [user('question'), assistant('answer'), user('next')];
    expect(known([...first.slice(0, 2), user('something else')])).toBe(known(first));
    expect(known([...first, assistant('more'), user('again')])).not.toBe(known(first));
  });

  it('is nowhere in a first turn, and behind an answer that is to be gone on with', () => {
    expect(known([user('question')])).toBeUndefined();
    const open = new ConversationChain(seed, [user('question'), assistant('half an')]);
    expect(open.known).toBeUndefined();
    expect(open.after(assistant(' answer'))).toBeUndefined();
  });

  it('is where an answer was noted', () => {
    const noted = new ConversationChain(seed, [user('question')]).after(assistant('answer'));
    expect(answered(assistant('answer'))).toBe(noted);
  });
});

describe('an answer', () => {
  it('may have white space around it', () => {
    expect(answered(assistant('\n answer \n'))).toBe(answered(assistant('answer')));
    expect(answered(assistant('ans wer'))).not.toBe(answered(assistant('answer')));
  });

  it('may be in pieces', () => {
    const whole = { ...calling('look', '{}'), content: 'I look.' };
    expect(known([user('question'), assistant('I look.'), calling('look', '{}'), user('next')])).toBe(answered(whole));
  });

  it.each([
    ['{"path":"a","deep":false}', '{"path":"a"}'],
    ['{"at":{"a":[2],"b":1}}', '{}'],
    ['{"path":"a","deep":true}', '{ "deep": true, "path": "a" }'],
  ])('calls alike with %s and %s', (one, other) => {
    expect(answered(calling('look', one))).toBe(answered(calling('look', other)));
  });

  it.each([
    ['{"path":"a"}', '{"path":"b"}'],
    ['{"deep":true}', '{}'],
    ['{"path":1}', '{"path":"1"}'],
    ['{"path":null}', '{}'],
    ['{"path":{"x":1}}', '{"path":{"pairs":[["x",1]]}}'],
    ['{"__proto__":1}', '{}'],
    ['not JSON', 'not json'],
  ])('does not call alike with %s and %s', (one, other) => {
    expect(answered(calling('look', one))).not.toBe(answered(calling('look', other)));
  });

  it('gives free text exactly', () => {
    expect(answered(calling('paste', '{"a":1}'))).not.toBe(answered(calling('paste', '{ "a": 1 }')));
  });
});

describe('results of calls', () => {
  const results = (one: string, other: string, ...given: ChatMessage[]) => {
    const both = [...calling('look', '{}', one).toolCalls, ...calling('look', '{"deep":true}', other).toolCalls];
    return known([
      user('question'),
      { role: 'assistant', content: '', toolCalls: both },
      ...given,
      assistant('well'),
      user('next'),
    ]);
  };

  it('belong to their calls, whatever the ids are', () => {
    const one = results('a', 'b', toolResult('a', 'first'), toolResult('b', 'second'));
    expect(results('x', 'y', toolResult('x', 'first'), toolResult('y', 'second'))).toBe(one);
    expect(results('a', 'b', toolResult('b', 'first'), toolResult('a', 'second'))).not.toBe(one);
    expect(results('a', 'b', toolResult('a', 'first'), toolResult('b', 'second', true))).not.toBe(one);
    expect(results('a', 'b', toolResult('a', 'first'), toolResult('unknown', 'second'))).not.toBe(one);
  });
});

describe('what a user says', () => {
  const said = (...content: Extract<ChatMessage, { role: 'user' }>['content']) =>
    known([{ role: 'user', content }, assistant('answer'), user('next')]);
  const text = (words: string) => ({ type: 'text', text: words }) as const;
  const image = (url: string, bytes?: string) =>
    ({ type: 'image', url, ...(bytes !== undefined && { bytes: Buffer.from(bytes) }) }) as const;

  it('counts exactly, and is joined as it is sent', () => {
    expect(said(text('a'), text('b'))).toBe(said(text('a\n\nb')));
    expect(said(text('a '))).not.toBe(said(text('a')));
    expect(said(text('\ud800'))).not.toBe(said(text('\ud801')));
  });

  it('holds pictures by their bytes or their address, in their place', () => {
    expect(said(text('a'), image('x', 'bytes'))).toBe(said(text('a'), image('y', 'bytes')));
    expect(said(text('a'), image('x', 'bytes'))).not.toBe(said(text('a'), image('x', 'other')));
    expect(said(text('a'), image('x'))).not.toBe(said(text('a'), image('y')));
    expect(said(text('a'), image('x'))).not.toBe(said(image('x'), text('a')));
    expect(said(image('x', 'y'))).not.toBe(said(image('y')));
  });

  it('is not mistaken for instructions', () => {
    const instructed = known([{ role: 'system', content: 'a' }, assistant('answer'), user('next')]);
    expect(instructed).not.toBe(said(text('a')));
  });
});

it('hashes without tools', () => {
  expect(known([user('question'), assistant('answer'), user('next')], { tools: noTools })).toMatch(/^[0-9a-f]{64}$/);
});
