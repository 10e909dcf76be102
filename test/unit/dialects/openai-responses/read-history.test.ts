import { describe, expect, it } from 'vitest';
import { InvalidRequestError } from '../../../../shared/chat/errors/request-errors.ts';
import { readResponses, readSentRequest } from '../../../../shared/dialects/openai-responses/read-request.ts';
import { read, settings } from './responses-fixture.ts';

const roles = (body: object) => read(body).request.messages.map(({ role }) => role);

describe('the items of a conversation', () => {
  it('of a text are one message', () => {
    expect(readSentRequest({ model: 'm', input: 'hi' }).items).toEqual([{ role: 'user', content: 'hi' }]);
  });

  it('stand behind those that are stored, which are read as strictly', () => {
    const sent = readSentRequest({ model: 'm', input: 'and now?' });
    const before = [
      { type: 'message', role: 'user', content: 'hi' },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hello.' }] },
    ];
    const { request } = readResponses(sent, settings, { items: [...before, ...sent.items], before: 2 });
    expect(request.messages.map((message) => [message.role, message.content])).toEqual([
      ['user', [{ type: 'text', text: 'hi' }]],
      ['assistant', 'Hello.'],
      ['user', [{ type: 'text', text: 'and now?' }]],
    ]);
    const broken = { items: [{ type: 'message', role: 'nobody', content: 'hi' }], before: 1 };
    expect(() => readResponses(sent, settings, broken)).toThrow(InvalidRequestError);
  });

  it.each([
    ['in the request', 0, 'input[1].output[0]'],
    ['behind a stored one', 1, 'input[0].output[0]'],
  ])('are named by their own place: %s', (_where, before, field) => {
    const items = [
      { type: 'message', role: 'user', content: 'hi' },
      { type: 'function_call_output', call_id: '1', output: [{ type: 'input_image', image_url: 'ftp://a.example' }] },
    ];
    const sent = readSentRequest({ model: 'm', input: items });
    expect(() => readResponses(sent, settings, { items, before })).toThrow(
      expect.objectContaining({ param: expect.stringContaining(field) }),
    );
  });

  it.each([
    [{ content: 'hi', role: 'user' }, ['user']],
    [{ type: null, content: 'hi', role: 'user' }, ['user']],
    [{ type: 'configuration_update', role: 'user', content: 'hi' }, ['user']],
  ])('need no type for a message: %j', (item, expected) => {
    expect(roles({ input: [{ role: 'user', content: 'first' }, item] })).toEqual(
      'type' in item && item.type !== null ? expected : ['user', ...expected],
    );
  });

  it('may be references, by type or by nothing but an id', () => {
    const references = [{ type: 'item_reference', id: 'msg_1' }, { id: 'msg_2' }];
    expect(roles({ input: [{ role: 'user', content: 'hi' }, ...references] })).toEqual(['user']);
    expect(() => roles({ input: [{ role: 'user', content: 'hi' }, { type: 'item_reference' }] })).toThrow(
      expect.objectContaining({ param: expect.stringContaining('input[1]') }),
    );
  });

  it.each(['input_text', 'output_text', 'text', 'summary_text', 'reasoning_text'])('hold words as %s', (type) => {
    const [message] = read({ input: [{ role: 'user', content: [{ type, text: 'hi' }] }] }).request.messages;
    expect(message?.content).toEqual([{ type: 'text', text: 'hi' }]);
  });

  it('leave the ending to the format: a table would spoil JSON', () => {
    expect(read({}).request.format).toEqual({ type: 'text' });
    expect(read({ text: { format: { type: 'text' } } }).request.format).toEqual({ type: 'text' });
  });
});

describe('the tools of a namespace', () => {
  const tool = (name: string, description = '') => ({ type: 'function', name, description });
  const definitions = (body: object) => read(body).request.tools.definitions;

  it('keep their plain name as long as nobody else has it', () => {
    const tools = [tool('read'), { type: 'namespace', name: 'files', tools: [tool('read'), tool('write')] }];
    expect(definitions({ tools }).map(({ name }) => name)).toEqual(['read', 'files.read', 'write']);
  });

  it('replace themselves when they are declared again, and no others', () => {
    const tools = [tool('read', 'mine'), { type: 'namespace', name: 'files', tools: [tool('read', 'old')] }];
    const added = [
      { type: 'additional_tools', tools: [{ type: 'namespace', name: 'files', tools: [tool('read', 'new')] }] },
    ];
    const input = [{ role: 'user', content: 'hi' }, ...added];
    expect(definitions({ tools, input }).map(({ name, description }) => [name, description])).toEqual([
      ['read', 'mine'],
      ['files.read', 'new'],
    ]);
  });

  it('are chosen by name and namespace', () => {
    const tools = [tool('read'), { type: 'namespace', name: 'files', tools: [tool('read')] }];
    const chosen = (choice: object) => read({ tools, tool_choice: choice }).request.tools.choice;
    expect(chosen({ type: 'function', name: 'read' })).toEqual({ type: 'tool', name: 'read' });
    expect(chosen({ type: 'function', name: 'read', namespace: 'files' })).toEqual({
      type: 'tool',
      name: 'files.read',
    });
  });

  it('are called one by one when the client wants it so', () => {
    const parallel = (body: object) => read({ tools: [tool('read')], ...body }).request.tools.parallel;
    expect([{}, { parallel_tool_calls: null }, { parallel_tool_calls: false }].map(parallel)).toEqual([
      true,
      true,
      false,
    ]);
  });
});
