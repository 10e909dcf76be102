import { describe, expect, it } from 'vitest';
import { asked, refusal } from './asked.ts';

const read = (...messages: readonly object[]) => asked({ messages }).request.messages;
const user = (...content: readonly object[]) => ({ role: 'user', content });
const text = (value: string) => ({ type: 'text', text: value });
const png = { type: 'base64', media_type: 'image/png', data: 'AAAA' };

describe('messages', () => {
  it('hold strings or blocks', () => {
    expect(read({ role: 'user', content: 'hi' })).toEqual(read(user(text('hi'))));
    expect(
      read(
        user(text('a'), text(''), text('b')),
        { role: 'assistant', content: 'c' },
        { role: 'assistant', content: [text('d'), text('e')] },
      ),
    ).toEqual([
      { role: 'user', content: [text('a'), text('b')] },
      { role: 'assistant', content: 'c', toolCalls: [] },
      { role: 'assistant', content: 'd\n\ne', toolCalls: [] },
    ]);
  });

  it('of the system stand where they stood', () => {
    expect(read(user(text('a')), { role: 'system', content: [text('b'), text('c')] }, user(text('d')))).toEqual([
      { role: 'user', content: [text('a')] },
      { role: 'system', content: 'b\n\nc' },
      { role: 'user', content: [text('d')] },
    ]);
  });

  it('of which nothing is left are left out', () => {
    const thinking = { type: 'thinking', thinking: 'hm', signature: 'abc' };
    const nothing = [
      { role: 'assistant', content: [thinking, { type: 'redacted_thinking', data: 'xx' }] },
      { role: 'assistant', content: '' },
      { role: 'system', content: '' },
      user({ type: 'container_upload', file_id: 'f' }),
    ];
    expect(read(user(text('a')), ...nothing)).toEqual([{ role: 'user', content: [text('a')] }]);
  });
});

describe('thinking that comes back', () => {
  it.each([
    ['ours', { type: 'thinking', thinking: 'old', signature: 'cXdlbi1nYXRld2F5' }],
    ['another’s', { type: 'thinking', thinking: 'old', signature: 'EqQB' }],
    ['omitted', { type: 'thinking', thinking: '', signature: 'x' }],
    ['without a signature', { type: 'thinking', thinking: 'old' }],
    ['redacted', { type: 'redacted_thinking', data: 'xx' }],
  ])('%s is taken and dropped', (_name, block) => {
    expect(read(user(text('a')), { role: 'assistant', content: [block, text('b')] })[1]).toEqual({
      role: 'assistant',
      content: 'b',
      toolCalls: [],
    });
  });
});

describe('calls and results', () => {
  it('become calls of the answer and messages of their own, in their order', () => {
    const messages = read(
      user(text('weather?')),
      {
        role: 'assistant',
        content: [
          text('Looking.'),
          { type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: { city: 'Zürich "x"' } },
          { type: 'tool_use', id: 'call-2', name: 'now', input: {} },
          { type: 'tool_use', id: '3', name: 'later' },
        ],
      },
      user(
        { type: 'tool_result', tool_use_id: 'toolu_1', content: 'sunny' },
        { type: 'tool_result', tool_use_id: 'call-2', content: [text('12'), text(':00')], is_error: true },
        text('and?'),
        { type: 'tool_result', tool_use_id: '3' },
      ),
    );
    expect(messages.slice(1)).toEqual([
      {
        role: 'assistant',
        content: 'Looking.',
        toolCalls: [
          { id: 'toolu_1', name: 'get_weather', arguments: '{"city":"Zürich \\"x\\""}' },
          { id: 'call-2', name: 'now', arguments: '{}' },
          { id: '3', name: 'later', arguments: '{}' },
        ],
      },
      { role: 'tool', toolCallId: 'toolu_1', content: [text('sunny')], isError: false },
      { role: 'tool', toolCallId: 'call-2', content: [text('12'), text(':00')], isError: true },
      { role: 'user', content: [text('and?')] },
      { role: 'tool', toolCallId: '3', content: [], isError: false },
    ]);
  });

  it('may hold pictures, documents, search results and references to tools', () => {
    const [message] = read(
      user({
        type: 'tool_result',
        tool_use_id: 't',
        content: [
          text('shot'),
          { type: 'image', source: png },
          { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'words' } },
          { type: 'search_result', source: 'https://a.example', title: 'A', content: [text('found')] },
          { type: 'tool_reference', tool_name: 'NotebookEdit' },
          { type: 'browser_state', url: 'x' },
        ],
      }),
    );
    expect(message).toEqual({
      role: 'tool',
      toolCallId: 't',
      isError: false,
      content: [
        text('shot'),
        {
          type: 'image',
          url: 'data:image/png;base64,AAAA',
          field: 'messages[0].content[0].content[1].source.data',
        },
        text('words'),
        text('A\nhttps://a.example\nfound'),
        text('The tool NotebookEdit is loaded now and can be called.'),
      ],
    });
  });
});

describe('pictures and documents', () => {
  const place = (block: number) => `messages[0].content[${block}].source`;
  const partsOf = (...blocks: readonly object[]) => read(user(...blocks)).flatMap<unknown>(({ content }) => content);

  it('come as bytes or by address', () => {
    expect(
      partsOf(
        { type: 'image', source: png },
        { type: 'image', source: { type: 'url', url: 'https://a.example/x.png' } },
        { type: 'document', title: 'Plan', source: { type: 'base64', media_type: 'application/pdf', data: 'BBBB' } },
        { type: 'document', context: 'Of 2025.', source: { type: 'url', url: 'https://a.example/x.pdf' } },
      ),
    ).toEqual([
      { type: 'image', url: 'data:image/png;base64,AAAA', field: `${place(0)}.data` },
      { type: 'image', url: 'https://a.example/x.png', field: `${place(1)}.url` },
      { type: 'file', url: 'data:application/pdf;base64,BBBB', name: 'Plan', field: `${place(2)}.data` },
      text('Of 2025.'),
      { type: 'file', url: 'https://a.example/x.pdf', field: `${place(3)}.url` },
    ]);
  });

  it('come by the ids of stored files', () => {
    expect(
      partsOf(
        { type: 'image', source: { type: 'file', file_id: 'file-1' } },
        { type: 'document', title: 'Plan', context: 'Of 2025.', source: { type: 'file', file_id: 'file-2' } },
      ),
    ).toEqual([
      { type: 'image', url: 'stored:file-1', fileId: 'file-1', field: `${place(0)}.file_id` },
      text('Of 2025.'),
      { type: 'file', url: 'stored:file-2', fileId: 'file-2', name: 'Plan', field: `${place(1)}.file_id` },
    ]);
  });

  it('of text stay text, under their title', () => {
    expect(
      partsOf(
        { type: 'document', title: 'Plan', context: 'Of 2025.', source: { type: 'text', data: 'words' } },
        { type: 'document', source: { type: 'content', content: 'more' } },
        { type: 'document', source: { type: 'content', content: [text('and'), { type: 'image', source: png }] } },
      ),
    ).toEqual([
      text('Plan\nOf 2025.'),
      text('words'),
      text('more'),
      text('and'),
      { type: 'image', url: 'data:image/png;base64,AAAA', field: `${place(2)}.content[1].source.data` },
    ]);
  });

  it.each([
    [{ type: 'image', source: { type: 'url', url: 'file:///etc/passwd' } }, 'messages[0].content[1].source.url'],
    [{ type: 'image', source: { type: 'file' } }, 'messages[0].content[1].source.file_id'],
    [{ type: 'document', source: { type: 'url', url: 'x.pdf' } }, 'messages[0].content[1].source.url'],
    [{ type: 'document', source: { type: 'file', file_id: 5 } }, 'messages[0].content[1].source.file_id'],
    [
      {
        type: 'document',
        source: { type: 'content', content: [{ type: 'image', source: { type: 'url', url: 'x' } }] },
      },
      'messages[0].content[1].source.content[0].source.url',
    ],
    [
      {
        type: 'tool_result',
        tool_use_id: 't',
        content: [text('x'), { type: 'image', source: { type: 'url', url: 'x' } }],
      },
      'messages[0].content[1].content[1].source.url',
    ],
  ])('that can’t be had are refused by name: %j', (block, param) => {
    expect(refusal(() => partsOf(text('see'), block))).toMatchObject({ param, status: 400 });
  });
});

describe('blocks of kinds that are not for the model, or newer', () => {
  it.each([
    [{ type: 'server_tool_use', id: 's', name: 'web_search', input: { query: 'x' } }],
    [{ type: 'web_search_tool_result', tool_use_id: 's', content: [] }],
    [{ type: 'tool_addition', tool: { type: 'tool_reference', name: 'Edit' } }],
    [{ type: 'compaction', content: null }],
    [{ type: 'hologram', depth: 3 }],
  ])('are ignored: %j', (block) => {
    expect(read(user(block, text('hi')))).toEqual([{ role: 'user', content: [text('hi')] }]);
  });
});
