import { describe, expect, it } from 'vitest';
import { InvalidRequestError, UnsupportedParameterError } from '../../../../shared/chat/errors/request-errors.ts';
import { createOpenAiChat } from '../../../../shared/dialects/openai-chat/openai-chat.ts';

const dialect = createOpenAiChat({ outputThinking: true, searchInfoMode: 'annotations' });

function read(...messages: object[]) {
  return dialect.read({ model: 'm', messages }).request.messages;
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
      { role: 'assistant', content: 'hello' },
    ]);
  });

  it('of tool results are both spellings', () => {
    expect(
      read(
        { role: 'tool', tool_call_id: 'call_1', content: [{ type: 'text', text: 'sunny' }] },
        { role: 'function', name: 'get_weather', content: null },
      ),
    ).toEqual([
      { role: 'tool', toolCallId: 'call_1', content: 'sunny' },
      { role: 'tool', toolCallId: 'get_weather', content: '' },
    ]);
  });
});

describe('user content', () => {
  it('keeps text and pictures in their order, in every spelling', () => {
    const data = 'data:image/png;base64,AAAA';
    const [message] = read({
      role: 'user',
      content: [
        { type: 'text', text: 'see' },
        { type: 'image_url', image_url: { url: data, detail: 'low' } },
        { type: 'image_url', image_url: 'http://a.example/1.png' },
        { type: 'image', image: 'https://a.example/2.png' },
      ],
    });
    expect(message?.content).toEqual([
      { type: 'text', text: 'see' },
      { type: 'image', url: data },
      { type: 'image', url: 'http://a.example/1.png' },
      { type: 'image', url: 'https://a.example/2.png' },
    ]);
  });

  it.each(['input_audio', 'file', 'video_url'])('of type %s is refused by name', (type) => {
    const error = refusal({
      role: 'user',
      content: [
        { type: 'text', text: 'x' },
        { type, [type]: {} },
      ],
    });
    expect(error).toBeInstanceOf(UnsupportedParameterError);
    expect(error.param).toBe('messages[0].content[1]');
    expect(error.message).toContain(type);
  });

  it.each([
    [{ type: 'image_url', image_url: { url: 'ftp://a.example/1.png' } }, 'messages[0].content[0].image_url.url'],
    [{ type: 'image_url', image_url: 'file:///etc/passwd' }, 'messages[0].content[0].image_url'],
    [{ type: 'image', image: '/local.png' }, 'messages[0].content[0].image'],
  ])('with a picture from elsewhere is refused: %j', (part, param) => {
    expect(refusal({ role: 'user', content: [part] }).param).toBe(param);
  });
});

describe('pictures outside user messages', () => {
  const picture = { type: 'image_url', image_url: { url: 'https://a.example/1.png' } };
  it.each([
    { role: 'system', content: [picture] },
    { role: 'assistant', content: [picture] },
    { role: 'tool', tool_call_id: 'c', content: [picture] },
  ])('are refused: $role', (message) => {
    expect(refusal(message)).toMatchObject({ code: 'unsupported_parameter', param: 'messages[0].content[0]' });
  });
});

describe('assistant messages', () => {
  const call = { id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Paris"}' } };

  it.each([
    [{ content: null, tool_calls: [call] }, '[Tool call (call_1): get_weather {"city":"Paris"}]'],
    [{ content: '', tool_calls: [call] }, '[Tool call (call_1): get_weather {"city":"Paris"}]'],
    [{ tool_calls: [call] }, '[Tool call (call_1): get_weather {"city":"Paris"}]'],
    [
      { content: 'Let me look.', tool_calls: [call] },
      'Let me look.\n\n[Tool call (call_1): get_weather {"city":"Paris"}]',
    ],
    [
      { content: null, tool_calls: [call, { id: 'call_2', type: 'custom', custom: { name: 'exec', input: 'ls' } }] },
      '[Tool call (call_1): get_weather {"city":"Paris"}]\n[Tool call (call_2): exec ls]',
    ],
    [{ content: null, function_call: { name: 'now', arguments: '' } }, '[Tool call: now {}]'],
    [{ content: null, refusal: 'I can not.' }, 'I can not.'],
    [{ content: [{ type: 'refusal', refusal: 'No.' }] }, 'No.'],
    [{ content: null, tool_calls: [{ id: 'call_3', type: 'vendor' }] }, ''],
    [{ content: 'x', reasoning_content: 'thought', audio: { id: 'a' } }, 'x'],
  ])('keep what was said and called: %j', (fields, content) => {
    expect(read({ role: 'assistant', ...fields })).toEqual([{ role: 'assistant', content }]);
  });
});
