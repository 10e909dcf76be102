import { describe, expect, it } from 'vitest';
import { noTools } from '../../../../shared/chat/tool.ts';
import { end, eventsIn, identity, read, streamed, text } from './responses-fixture.ts';

const tool = { type: 'image_generation' };
const weather = { type: 'function', name: 'get_weather', parameters: { type: 'object' } };
const names = (body: object) => read(body).request.tools.definitions.map(({ name }) => name);
const picture = {
  base64: 'iVBORw0KGgo=',
  action: 'generate',
  prompt: 'A circle',
  format: 'png',
  size: { width: 1328, height: 1328 },
  quality: 'auto',
  background: 'auto',
} as const;

describe('the image tool', () => {
  it('is offered to the model beside the client’s, with a prompt that it must write', () => {
    const { request, pictures } = read({ tools: [tool, weather] });
    expect(request.tools.choice).toEqual({ type: 'auto' });
    expect(request.tools.definitions.map(({ name }) => name)).toEqual(['get_weather', 'image_generation']);
    expect(request.tools.definitions[1]?.parameters).toMatchObject({ required: ['prompt'] });
    expect(pictures).toEqual({
      toolName: 'image_generation',
      isDemanded: false,
      isDetailed: false,
      isOpaque: false,
      action: 'auto',
    });
  });

  it('is the answer when the choice names it, and no call', () => {
    const { request, pictures } = read({ tools: [tool, weather], tool_choice: tool });
    expect(request.tools).toEqual(noTools);
    expect(pictures).toMatchObject({ isDemanded: true });
  });

  it.each([
    [{ tool_choice: 'none' }, ['get_weather']],
    [{ tool_choice: 'required' }, ['get_weather', 'image_generation']],
    [{ tool_choice: { type: 'allowed_tools', mode: 'auto', tools: [tool] } }, ['image_generation']],
    [{ tool_choice: { type: 'allowed_tools', mode: 'auto', tools: [weather] } }, ['get_weather']],
  ])('is there when it may be called: %j', (fields, offered) => {
    const request = { tools: [tool, weather], ...fields };
    expect(names(request)).toEqual(offered);
    expect(read(request).pictures !== undefined).toBe(offered.includes('image_generation'));
  });

  it('leaves its name to a tool of the client', () => {
    const mine = { type: 'function', name: 'image_generation' };
    const request = { tools: [tool, mine] };
    expect(names(request)).toEqual(['image_generation', 'gateway.image_generation']);
    expect(read(request).pictures?.toolName).toBe('gateway.image_generation');
  });

  it('may come in an item', () => {
    const input = [
      { type: 'additional_tools', tools: [tool] },
      { role: 'user', content: 'x' },
    ];
    expect(names({ input })).toEqual(['image_generation']);
  });

  it.each([
    [{ size: '1024x1536' }, { aspectRatio: '3:4' }],
    [{ size: '16:9' }, { aspectRatio: '16:9' }],
    [{ size: 'auto' }, {}],
    [
      { quality: 'xhigh', action: 'edit' },
      { isDetailed: true, action: 'edit' },
    ],
    [{ background: 'opaque' }, { isOpaque: true }],
    [{ model: 'gpt-image-2.6-sunburst' }, {}],
    [{ model: 'qwen3.7-plus' }, { model: 'qwen3.7-plus' }],
    [
      { output_format: 'webp', output_compression: 50, moderation: 'low', input_fidelity: 'high', partial_images: 3 },
      {},
    ],
  ])('reads %j', (fields, expected) => {
    const plain = {
      toolName: 'image_generation',
      isDemanded: false,
      isDetailed: false,
      isOpaque: false,
      action: 'auto',
    };
    expect(read({ tools: [{ ...tool, ...fields }] }).pictures).toEqual({ ...plain, ...expected });
  });

  it.each([
    ['size', { size: '7:3' }],
    ['background', { background: 'transparent' }],
    ['output_format', { output_format: 'gif' }],
    ['output_compression', { output_compression: 101 }],
    ['partial_images', { partial_images: 4 }],
    ['input_image_mask', { input_image_mask: { file_id: 'file-1' } }],
  ])('is refused by name of its %s', (field, fields) => {
    expect(() => read({ tools: [weather, { ...tool, ...fields }] })).toThrow(
      expect.objectContaining({ param: `tools[1].${field}` }),
    );
  });

  it('is refused by a choice when it is not there', () => {
    expect(() => read({ tools: [weather], tool_choice: tool })).toThrow(
      expect.objectContaining({ param: 'tool_choice' }),
    );
  });
});

describe('a picture in a response', () => {
  const answer = [
    [text('Here.'), { type: 'picture-call-start' } as const],
    [{ type: 'picture-call-end', picture } as const, end()],
  ];

  it('is an item of its own, told step by step', () => {
    const events = eventsIn(streamed(read({ tools: [tool] }), answer));
    const added = events.findIndex(({ item }) => JSON.stringify(item ?? '').includes('image_generation_call'));
    expect(events.slice(added).map(({ type }) => type)).toEqual([
      'response.output_item.added',
      'response.image_generation_call.in_progress',
      'response.image_generation_call.generating',
      'response.image_generation_call.completed',
      'response.output_item.done',
      'response.completed',
    ]);
    expect(events[added]).toMatchObject({ output_index: 1, item: { status: 'in_progress', result: null } });
    expect(events.at(-2)?.item).toEqual({
      id: expect.stringMatching(/^ig_[0-9a-f]{32}_1$/),
      type: 'image_generation_call',
      status: 'completed',
      result: picture.base64,
      action: 'generate',
      revised_prompt: 'A circle',
      size: '1328x1328',
      output_format: 'png',
      quality: 'auto',
      background: 'auto',
    });
  });

  it('has failed when the answer ends before it is there', () => {
    const writer = read({ tools: [tool] }).wholeWriter(identity);
    writer.write([{ type: 'picture-call-start' }]);
    expect(writer.response().output).toMatchObject([{ status: 'failed', result: null }]);
  });
});

describe('a picture of an earlier answer', () => {
  it('is shown to the model, with its words', () => {
    const item = { type: 'image_generation_call', id: 'ig_1', result: 'iVBORw0KGgo=', output_format: 'webp' };
    const { messages } = read({
      input: [
        { ...item, revised_prompt: 'A circle' },
        { role: 'user', content: 'x' },
      ],
    }).request;
    expect(messages[0]).toEqual({
      role: 'user',
      content: [
        { type: 'text', text: '[This is the picture that you have made of: A circle]' },
        { type: 'image', url: 'data:image/webp;base64,iVBORw0KGgo=', field: 'input[0].result' },
      ],
    });
  });

  it('may come as a data URI', () => {
    const item = { type: 'image_generation_call', result: 'data:image/png;base64,iVBORw0KGgo=' };
    expect(read({ input: [item] }).request.messages[0]?.content).toContainEqual(
      expect.objectContaining({ url: item.result }),
    );
  });
});
