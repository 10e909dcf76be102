import { describe, expect, it } from 'vitest';
import { InvalidRequestError, UnsupportedParameterError } from '../../../../shared/chat/errors/request-errors.ts';
import { clientOf, end, read, streamed, text } from './responses-fixture.ts';

const user = (content: unknown) => ({ role: 'user', content });
const said = (value: string) => [{ type: 'text', text: value }];

/** What reading the body throws. */
function refusal(body: object): unknown {
  try {
    read(body);
  } catch (error) {
    return error;
  }
  throw new Error('it was read');
}

describe('input', () => {
  const messages = (input: unknown, more: object = {}) => read({ input, ...more }).request.messages;

  it('is a text or items', () => {
    expect(messages('hello')).toEqual([user(said('hello'))]);
    expect(messages([user('hello')])).toEqual([user(said('hello'))]);
  });

  it('takes every role, and content as a text or as parts', () => {
    const input = [
      {
        type: 'message',
        role: 'developer',
        content: [
          { type: 'input_text', text: 'a' },
          { type: 'input_text', text: 'b' },
        ],
      },
      { role: 'system', content: 'c' },
      user([{ type: 'input_text', text: 'd' }]),
      {
        type: 'message',
        id: 'msg_foreign',
        status: 'completed',
        role: 'assistant',
        content: [
          { type: 'output_text', text: 'e', annotations: [] },
          { type: 'refusal', refusal: 'f' },
        ],
      },
    ];
    expect(messages(input)).toEqual([
      { role: 'system', content: 'a\nb' },
      { role: 'system', content: 'c' },
      user(said('d')),
      { role: 'assistant', content: 'e\nf', toolCalls: [] },
    ]);
  });

  it('puts instructions first', () => {
    expect(messages('hi', { instructions: 'Be kind.' })[0]).toEqual({ role: 'system', content: 'Be kind.' });
    expect(messages('hi', { instructions: '' })).toHaveLength(1);
  });

  it('takes pictures, videos, files and sounds', () => {
    const png = 'data:image/png;base64,AA==';
    const place = (part: number, field: string) => `input[0].content[${part}].${field}`;
    const input = [
      user([
        { type: 'input_image', image_url: png, detail: 'auto' },
        { type: 'input_image', image_url: { url: 'https://a.example/b.png' } },
        { type: 'input_video', video_url: 'https://a.example/c.mp4' },
        { type: 'input_file', file_url: 'https://a.example/d.pdf' },
        { type: 'input_file', file_data: 'data:text/plain;base64,AA==', filename: 'e.txt' },
        { type: 'input_file', file_data: 'AA==' },
        { type: 'input_audio', input_audio: { data: 'AA==', format: 'wav' } },
        { type: 'input_file', file_id: 'file-1', filename: 'f.pdf' },
        { type: 'input_image', file_id: 'file-2' },
        { type: 'something_new', what: 1 },
      ]),
    ];
    expect(messages(input)).toEqual([
      user([
        { type: 'image', url: png, field: place(0, 'image_url') },
        { type: 'image', url: 'https://a.example/b.png', field: place(1, 'image_url.url') },
        { type: 'video', url: 'https://a.example/c.mp4', field: place(2, 'video_url') },
        { type: 'file', url: 'https://a.example/d.pdf', field: place(3, 'file_url') },
        { type: 'file', url: 'data:text/plain;base64,AA==', name: 'e.txt', field: place(4, 'file_data') },
        { type: 'file', url: 'data:;base64,AA==', field: place(5, 'file_data') },
        {
          type: 'file',
          url: 'data:audio/wav;base64,AA==',
          name: 'sound.wav',
          field: place(6, 'input_audio.data'),
        },
        { type: 'file', url: 'stored:file-1', fileId: 'file-1', name: 'f.pdf', field: place(7, 'file_id') },
        { type: 'image', url: 'stored:file-2', fileId: 'file-2', field: place(8, 'file_id') },
      ]),
    ]);
  });

  it('lets the user show the pictures of a system message', () => {
    const content = [
      { type: 'input_text', text: 'Look.' },
      { type: 'input_image', image_url: 'https://a.example/b.png' },
    ];
    expect(messages([{ role: 'developer', content }])).toEqual([
      { role: 'system', content: 'Look.' },
      user([{ type: 'image', url: 'https://a.example/b.png', field: 'input[0].content[1].image_url' }]),
    ]);
  });

  it('joins calls to the answer that made them, and keeps results by id', () => {
    const input = [
      user('weather?'),
      { role: 'assistant', content: 'Let me see.' },
      {
        type: 'function_call',
        id: 'fc_1',
        call_id: 'c1',
        name: 'get_weather',
        arguments: '{"city":"Paris"}',
        status: 'completed',
      },
      { type: 'custom_tool_call', call_id: 'c2', name: 'shell', input: 'ls' },
      { type: 'function_call_output', call_id: 'c1', output: 'rain' },
      { type: 'custom_tool_call_output', call_id: 'c2', output: [{ type: 'input_text', text: 'a.txt' }] },
      { type: 'function_call', call_id: 'c3', name: 'get_weather', arguments: 'not json' },
    ];
    expect(messages(input)).toEqual([
      user(said('weather?')),
      {
        role: 'assistant',
        content: 'Let me see.',
        toolCalls: [
          { id: 'c1', name: 'get_weather', arguments: '{"city":"Paris"}' },
          { id: 'c2', name: 'shell', arguments: 'ls' },
        ],
      },
      { role: 'tool', toolCallId: 'c1', content: said('rain'), isError: false },
      { role: 'tool', toolCallId: 'c2', content: said('a.txt'), isError: false },
      { role: 'assistant', content: '', toolCalls: [{ id: 'c3', name: 'get_weather', arguments: 'not json' }] },
    ]);
  });

  it('ignores items that say nothing to the upstream, whatever they hold', () => {
    const ignored = [
      { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'gAAA' },
      { type: 'configuration_update', reasoning: { effort: 'high' } },
      { type: 'web_search_call', id: 'ws_1', status: 'completed' },
      { type: 'image_generation_call', id: 'ig_1', result: null },
      { type: 'local_shell_call', id: 'ls_1', call_id: 'x', action: {} },
      { type: 'item_reference', id: 'msg_of_another_server' },
      { id: 'rs_of_another_server' },
      { type: 'never_heard_of' },
    ];
    expect(messages([...ignored, user('hi'), ...ignored])).toEqual([user(said('hi'))]);
  });

  it.each([
    [[], 'input'],
    [[{ type: 'reasoning' }], 'input'],
    [5, 'input'],
    [null, 'input'],
    [['hi'], 'input[0]'],
    [[{}], 'input[0].type'],
    [[{ role: 'robot', content: 'x' }], 'input[0].role'],
    [[user('a'), user(5)], 'input[1].content'],
    [[user([{ type: 'input_text', text: 5 }])], 'input[0].content[0].text'],
    [[user([{ text: 'x' }])], 'input[0].content[0].type'],
    [[user([{ type: 'input_image' }])], 'input[0].content[0].image_url'],
    [[user([{ type: 'input_image', image_url: 'file:///etc/passwd' }])], 'input[0].content[0].image_url'],
    [[{ type: 'function_call', call_id: 'c', name: 'n', arguments: {} }], 'input[0].arguments'],
    [[{ type: 'function_call', call_id: '', name: 'n', arguments: '' }], 'input[0].call_id'],
    [[{ type: 'function_call_output', call_id: 'c', output: 5 }], 'input[0].output'],
    [[{ type: 'custom_tool_call', call_id: 'c', name: 'n' }], 'input[0].input'],
    [[{ type: 'additional_tools', tools: [{ type: 'function', name: 7 }] }], 'input[0].tools[0].name'],
  ])('names the field that is wrong in %j', (input, param) => {
    const error = refusal({ input });
    expect(error).toBeInstanceOf(InvalidRequestError);
    expect(error).toMatchObject({ status: 400, param });
  });
});

describe('fields', () => {
  it('reads limits, format and thinking', () => {
    const schema = { type: 'object', properties: {} };
    const { request, stream } = read({
      stream: true,
      max_output_tokens: 50,
      reasoning: { effort: 'high' },
      text: { format: { type: 'json_schema', name: 'answer', schema, strict: true } },
    });
    expect(stream).toBe(true);
    expect(request).toMatchObject({
      limits: { maxOutputTokens: 50, stopSequences: [] },
      features: { thinking: true },
      format: { type: 'json-schema', name: 'answer', schema },
    });
    expect(read({ text: { format: { type: 'json_object' } } }).request.format).toEqual({ type: 'json' });
  });

  it.each([
    ['none', false],
    ['minimal', false],
    ['low', true],
    ['xhigh', true],
  ])('takes the effort %s as thinking %s', (effort, thinking) => {
    expect(read({ reasoning: { effort } }).request.features).toEqual({ thinking });
  });

  it('leaves thinking to the model’s name when only a summary is asked for', () => {
    expect(read({ reasoning: { summary: 'auto' } }).request.features).toEqual({});
  });

  it('takes Qwen’s own switches', () => {
    const { features } = read({
      enable_thinking: false,
      reasoning: { effort: 'high' },
      thinking_budget: 9,
      enable_search: true,
    }).request;
    expect(features).toEqual({ thinking: false, thinkingBudget: 9, search: true });
  });

  it('takes null for every optional field, and ignores unknown ones', () => {
    const names = [
      'instructions',
      'previous_response_id',
      'stream',
      'store',
      'background',
      'max_output_tokens',
      'text',
      'reasoning',
      'tools',
      'tool_choice',
      'parallel_tool_calls',
      'include',
      'metadata',
      'temperature',
      'top_p',
      'truncation',
      'service_tier',
      'prompt_cache_key',
      'user',
      'conversation',
      'prompt',
    ];
    const body = {
      ...Object.fromEntries(names.map((name) => [name, null])),
      client_metadata: { a: 1 },
      stream_options: { include_obfuscation: true },
      top_logprobs: 3,
      never_heard_of: [],
    };
    expect(read(body).request).toEqual(read({}).request);
  });

  it.each([
    [{ model: 5 }, 'model'],
    [{ model: '' }, 'model'],
    [{ stream: 'yes' }, 'stream'],
    [{ max_output_tokens: 0 }, 'max_output_tokens'],
    [{ metadata: { a: 1 } }, 'metadata.a'],
    [{ include: 'x' }, 'include'],
    [{ reasoning: { effort: 3 } }, 'reasoning.effort'],
    [{ text: { format: { type: 'yaml' } } }, 'text.format.type'],
    [{ text: { format: { type: 'json_schema', schema: {} } } }, 'text.format.name'],
    [{ instructions: ['a'] }, 'instructions'],
    [{ tools: {} }, 'tools'],
    [{ tool_choice: 'sometimes' }, 'tool_choice'],
    [{ background: true, store: false }, 'store'],
  ])('names the field that is wrong in %j', (body, param) => {
    expect(refusal(body)).toMatchObject({ status: 400, param });
  });

  it.each([
    [{ conversation: 'conv_1' }, 'conversation'],
    [{ prompt: { id: 'p' } }, 'prompt'],
  ])('refuses what lies at OpenAI: %j', (body, param) => {
    const error = refusal(body);
    expect(error).toBeInstanceOf(UnsupportedParameterError);
    expect(error).toMatchObject({ param });
  });
});

describe('structured output', () => {
  it('is parsed by the openai package', async () => {
    const stream = streamed(read({}), [[text('{"city":'), text('"Paris"}')], [end()]]);
    const format = { type: 'json_schema' as const, name: 'place', schema: { type: 'object' }, strict: true };
    const parsed = await clientOf(stream)
      .responses.stream({ model: 'm', input: 'x', text: { format } })
      .finalResponse();
    expect(JSON.parse(parsed.output_text)).toEqual({ city: 'Paris' });
  });
});
