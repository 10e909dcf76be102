import { describe, expect, it } from 'vitest';
import type { ChatRequest } from '../../../shared/chat/request.ts';
import { noTools } from '../../../shared/chat/tool.ts';
import { sentWords } from '../../../shared/composition/sent-words.ts';

const plain: ChatRequest = {
  model: 'any',
  messages: [{ role: 'user', content: [{ type: 'text', text: 'How warm is it in Rome?' }] }],
  features: {},
  limits: { stopSequences: [] },
  format: { type: 'text' },
  tools: noTools,
};
const weather = {
  name: 'get_weather',
  description: 'Weather now.',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  input: 'json',
} as const;
const tools = { definitions: [weather], choice: { type: 'auto' }, parallel: true } as const;
const words = (more: Partial<ChatRequest>) => sentWords({ ...plain, ...more }, 'bracket');

describe('the words of a request', () => {
  it('are those of a single message as they stand', () => {
    expect(words({})).toEqual({ text: 'How warm is it in Rome?', attachments: 0 });
  });

  it('tell of tools in the short form, and of the markup that is asked for first', () => {
    expect(words({ tools }).text).toContain('get_weather(city: string)');
    expect(words({ tools }).text).toContain('[tool_call]');
    expect(sentWords({ ...plain, tools }, 'tag').text).toContain('<tool_call>');
    expect(words({ tools: { ...tools, choice: { type: 'none' } } }).text).not.toContain('get_weather');
  });

  it('hold calls and results', () => {
    const { text } = words({
      messages: [
        ...plain.messages,
        {
          role: 'assistant',
          content: '',
          toolCalls: [{ id: 'call_1', name: 'get_weather', arguments: '{"city":"Rome"}' }],
        },
        { role: 'tool', toolCallId: 'call_1', content: [{ type: 'text', text: '31 degrees' }], isError: false },
      ],
    });
    expect(text).toContain('"arguments": {"city":"Rome"}');
    expect(text).toContain('31 degrees');
  });

  it('hold the schema of a structured answer', () => {
    const schema = { type: 'object', properties: { degrees: { type: 'number' } } };
    expect(words({ format: { type: 'json-schema', name: 'answer', schema } }).text).toContain('"degrees"');
  });

  it('leave attachments of every kind out, and count them', () => {
    const { text, attachments } = words({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image', url: 'data:image/png;base64,AAAA' },
            { type: 'text', text: 'What is this?' },
            { type: 'file', url: 'https://example.com/a.pdf', name: 'a.pdf' },
          ],
        },
        {
          role: 'tool',
          toolCallId: 'call_1',
          content: [{ type: 'video', url: 'https://example.com/a.mp4' }],
          isError: false,
        },
      ],
    });
    expect(attachments).toBe(3);
    expect(text).toContain('What is this?');
    expect(text).not.toContain('base64');
    expect(text).not.toContain('example.com');
  });
});
