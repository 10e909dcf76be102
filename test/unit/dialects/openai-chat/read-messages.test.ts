import { describe, expect, it } from 'vitest';
import { InvalidRequestError } from '../../../../shared/chat/errors/request-errors.ts';
import { createOpenAiChat } from '../../../../shared/dialects/openai-chat/openai-chat.ts';
import { plainContext } from '../../../support/request-context.ts';

const dialect = createOpenAiChat({ outputThinking: true, searchInfoMode: 'annotations' });

function read(...messages: object[]) {
  return dialect.read({ model: 'm', messages }, plainContext).request.messages;
}

function refusal(...messages: object[]): InvalidRequestError {
  try {
    read(...messages);
  } catch (error) {
    if (error instanceof InvalidRequestError) return error;
  }
  throw new Error('was taken');
}

describe('roles', () => {
  it('stand anywhere, developer meaning system', () => {
    expect(
      read(
        { role: 'user', content: 'hi' },
        { role: 'system', content: 'be kind' },
        {
          role: 'developer',
          content: [
            { type: 'text', text: 'be' },
            { type: 'text', text: 'brief' },
          ],
        },
        { role: 'assistant', content: 'hello' },
      ),
    ).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'hi' }] },
      { role: 'system', content: 'be kind' },
      { role: 'system', content: 'be\nbrief' },
      { role: 'assistant', content: 'hello', toolCalls: [] },
    ]);
  });

  it('of tool results are both spellings', () => {
    expect(
      read(
        { role: 'tool', tool_call_id: 'call_1', content: [{ type: 'text', text: 'sunny' }] },
        { role: 'function', name: 'get_weather', content: null },
      ),
    ).toEqual([
      { role: 'tool', toolCallId: 'call_1', content: [{ type: 'text', text: 'sunny' }], isError: false },
      {
        role: 'tool',
        toolCallId: 'get_weather',
        name: 'get_weather',
        content: [{ type: 'text', text: '' }],
        isError: false,
      },
    ]);
  });
});

describe('pictures in messages that hold words only', () => {
  const picture = { type: 'image_url', image_url: { url: 'https://a.example/1.png' } };
  it.each([
    { role: 'system', content: [picture] },
    { role: 'assistant', content: [picture] },
  ])('are refused: $role', (message) => {
    expect(refusal(message)).toMatchObject({ code: 'unsupported_parameter', param: 'messages[0].content[0]' });
  });
});

describe('assistant messages', () => {
  const call = { id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Paris"}' } };

  const read1 = { id: 'call_1', name: 'get_weather', arguments: '{"city":"Paris"}' };
  const custom = { id: 'call_2', type: 'custom', custom: { name: 'exec', input: 'ls' } };

  it.each([
    [{ content: null, tool_calls: [call] }, '', [read1]],
    [{ content: '', tool_calls: [call] }, '', [read1]],
    [{ tool_calls: [call] }, '', [read1]],
    [{ content: 'Let me look.', tool_calls: [call] }, 'Let me look.', [read1]],
    [{ content: null, tool_calls: [call, custom] }, '', [read1, { id: 'call_2', name: 'exec', arguments: 'ls' }]],
    [{ tool_calls: [{ function: { name: 'now' } }] }, '', [{ id: 'now', name: 'now', arguments: '' }]],
    [{ tool_calls: [{ custom: { name: 'exec' } }] }, '', [{ id: 'exec', name: 'exec', arguments: '' }]],
    [{ function_call: { name: 'now' } }, '', [{ id: 'now', name: 'now', arguments: '' }]],
    [{ function_call: { name: 'now', arguments: '{}' } }, '', [{ id: 'now', name: 'now', arguments: '{}' }]],
    [{ content: null, function_call: { name: 'now', arguments: '' } }, '', [{ id: 'now', name: 'now', arguments: '' }]],
    [{ content: null, refusal: 'I can not.' }, 'I can not.', []],
    [{ content: [{ type: 'refusal', refusal: 'No.' }] }, 'No.', []],
    [{ content: null, tool_calls: [{ id: 'call_3', type: 'vendor' }] }, '', []],
    [{ content: 'x', reasoning_content: 'thought', audio: { id: 'a' } }, 'x', []],
  ])('keep what was said and called: %j', (fields, content, toolCalls) => {
    expect(read({ role: 'assistant', ...fields })).toEqual([{ role: 'assistant', content, toolCalls }]);
  });
});

it('takes pictures in tool results', () => {
  const content = [
    { type: 'text', text: 'the screen' },
    { type: 'image_url', image_url: { url: 'https://a.example/1.png' } },
  ];
  expect(read({ role: 'tool', tool_call_id: 'c', content })[0]?.content).toEqual([
    { type: 'text', text: 'the screen' },
    { type: 'image', url: 'https://a.example/1.png', field: 'messages[0].content[1].image_url.url' },
  ]);
});
