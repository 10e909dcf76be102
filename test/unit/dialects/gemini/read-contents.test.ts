import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChatMessage } from '../../../../shared/chat/request.ts';
import { readBodyOf, refusalOf } from './reading.ts';

const messagesOf = (...contents: readonly object[]): readonly ChatMessage[] =>
  readBodyOf({ contents }).request.messages;
const user = (...parts: readonly object[]) => ({ role: 'user', parts });
const model = (...parts: readonly object[]) => ({ role: 'model', parts });
const call = (name: string, args: object, id?: string) => ({ functionCall: { name, args, ...(id && { id }) } });
const result = (name: string, response: object, id?: string) => ({
  functionResponse: { name, response, ...(id && { id }) },
});

describe('contents', () => {
  it('become messages in their order', () => {
    expect(messagesOf(user({ text: 'a' }), model({ text: 'b' }), user({ text: 'c' }, { text: 'd' }))).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'a' }] },
      { role: 'assistant', content: 'b', toolCalls: [] },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'c' },
          { type: 'text', text: 'd' },
        ],
      },
    ]);
  });

  it('without a role are the user’s, two of them two messages', () => {
    expect(messagesOf({ parts: [{ text: 'a' }] }, { role: null, parts: [{ text: 'b' }] })).toMatchObject([
      { role: 'user' },
      { role: 'user' },
    ]);
  });

  it('may be one content, and parts one part, as in Google’s own examples', () => {
    expect(readBodyOf({ contents: { parts: { text: 'alone' } } }).request.messages).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'alone' }] },
    ]);
  });

  it('of a streamed answer, a chunk each, are one answer again', () => {
    const chunks = [model({ text: 'Hel' }), model({ text: 'lo' }), model({ text: '' }), model(call('f', {}, '1'))];
    expect(messagesOf(user({ text: 'hi' }), ...chunks).at(1)).toEqual({
      role: 'assistant',
      content: 'Hello',
      toolCalls: [{ id: '1', name: 'f', arguments: '{}' }],
    });
  });

  it('lose thoughts, signatures and parts that nothing can be made of', () => {
    const parts = [
      { text: 'hmm', thought: true },
      { text: 'Yes.', thoughtSignature: 'abc' },
      { videoMetadata: {} },
      {},
    ];
    expect(messagesOf(user({ text: 'hi' }), model(...parts)).at(1)).toMatchObject({ content: 'Yes.' });
    expect(messagesOf(user({ text: 'hi' }), model({ text: 'hmm', thought: true }))).toHaveLength(1);
  });

  it('keep code and what it printed as text', () => {
    const code = { executableCode: { language: 'PYTHON', code: 'print(1)' } };
    const printed = { codeExecutionResult: { outcome: 'OUTCOME_OK', output: '1' } };
    const [, answer] = messagesOf(user({ text: 'hi' }), model(code, printed));
    expect(answer).toMatchObject({ content: '\n```python\nprint(1)\n```\n\n```\n1\n```\n' });
  });

  it.each([
    [{ contents: [] }, 'contents'],
    [{ contents: [{ role: 'user', parts: [] }] }, 'contents'],
    [{ contents: [model({ text: 'x', thought: true })] }, 'contents'],
    [{ contents: [user(call('f', {}))] }, 'contents[0].parts[0].functionCall'],
    [{ contents: [model(result('f', {}))] }, 'contents[0].parts[0].functionResponse'],
    [{ contents: [{ role: 'system', parts: [{ text: 'x' }] }] }, 'contents[0].role'],
    [{ contents: [user({ text: 5 })] }, 'contents[0].parts[0].text'],
    [
      { contents: [user({ functionResponse: { name: 'f', response: 'ok' } })] },
      'contents[0].parts[0].functionResponse.response',
    ],
    [{ contents: [model({ functionCall: { name: 'f', args: '{}' } })] }, 'contents[0].parts[0].functionCall.args'],
  ])('are refused: %j', (body, param) => {
    expect(refusalOf(body)).toMatchObject({ param, status: 400 });
  });
});

describe('calls and results', () => {
  it('are linked by id', () => {
    const messages = messagesOf(
      user({ text: 'go' }),
      model(call('f', { a: 1 }, 'one'), call('f', { a: 2 }, 'two')),
      user(result('f', { output: '2' }, 'two'), result('f', { output: '1' }, 'one')),
    );
    expect(messages.at(1)).toMatchObject({
      toolCalls: [
        { id: 'one', arguments: '{"a":1}' },
        { id: 'two', arguments: '{"a":2}' },
      ],
    });
    expect(messages.slice(2)).toMatchObject([{ toolCallId: 'two' }, { toolCallId: 'one' }]);
  });

  it('are linked by name and order without ids', () => {
    const messages = messagesOf(user({ text: 'go' }), model(call('f', {}), call('g', {}), call('f', {})), {
      role: 'function',
      parts: [result('g', {}), result('f', {}), result('f', {})],
    });
    const [, answer, ...results] = messages;
    if (answer?.role !== 'assistant') throw new Error('no answer');
    const [first, second, third] = answer.toolCalls.map(({ id }) => id);
    expect(new Set([first, second, third]).size).toBe(3);
    expect(results).toMatchObject([{ toolCallId: second }, { toolCallId: first }, { toolCallId: third }]);
  });

  it('are linked when only one side has an id', () => {
    const [, answer, answered] = messagesOf(
      model(call('f', {})),
      model(call('f', {}, 'x')),
      user(result('f', {}, 'y')),
      user(result('f', {})),
    );
    expect(answer).toMatchObject({ role: 'tool', toolCallId: 'unnamed-call-1' });
    expect(answered).toMatchObject({ role: 'tool', toolCallId: 'x' });
  });

  it('keep their names and stay apart when a result has no call', () => {
    expect(messagesOf(user(result('f', { output: 'x' })))).toMatchObject([{ role: 'tool', name: 'f' }]);
    expect(messagesOf(user(result('f', {}, 'lost')))).toMatchObject([{ toolCallId: 'lost' }]);
  });

  it('stand where they stood among words', () => {
    const messages = messagesOf(
      model(call('f', {}, '1')),
      user({ text: 'before' }, result('f', {}, '1'), { text: 'after' }),
    );
    expect(messages.map(({ role }) => role)).toEqual(['assistant', 'user', 'tool', 'user']);
  });

  it('always link every result to a call of its name, each call once', () => {
    const names = fc.array(fc.constantFrom('f', 'g', 'h'), { maxLength: 12 });
    fc.assert(
      fc.property(names, fc.boolean(), (calls, withIds) => {
        const made = calls.map((name, index) => call(name, {}, withIds ? `id-${index}` : undefined));
        const results = calls.map((name) => result(name, {}));
        const [answer, ...answered] = messagesOf(model({ text: 'x' }, ...made), user(...results));
        if (answer?.role !== 'assistant') throw new Error('no answer');
        const ids = answered.map((message) => (message.role === 'tool' ? message.toolCallId : ''));
        expect(ids).toEqual(answer.toolCalls.map(({ id }) => id));
      }),
    );
  });
});

describe('the words of a result', () => {
  const answered = (response: object | null, more: object = {}) =>
    messagesOf(user({ functionResponse: { name: 'f', response, ...more } })).at(0);

  it.each([
    ['Gemini CLI', { output: 'done' }, 'done'],
    ['the Python SDK', { result: { ok: true } }, '{"ok":true}'],
    ['Vercel', { name: 'f', content: 'done' }, 'done'],
    ['a value that is no wrapping', { name: 'g', content: 'done' }, '{"name":"g","content":"done"}'],
    ['several values', { output: 'a', code: 0 }, '{"output":"a","code":0}'],
    ['an object of the tool’s own', { city: 'Paris' }, '{"city":"Paris"}'],
    ['nothing', {}, ''],
    ['an empty output', { output: null }, ''],
    ['no response', null, ''],
  ])('by %s', (_who, response, text) => {
    expect(answered(response)).toMatchObject({ content: [{ type: 'text', text }], isError: false });
  });

  it.each([
    [{ error: 'no such file' }, 'no such file'],
    [{ error: { code: 5 } }, '{"code":5}'],
    [{ error: 'bad', code: 1 }, '{"error":"bad","code":1}'],
  ])('of a failure: %j', (response, text) => {
    expect(answered(response)).toMatchObject({ content: [{ type: 'text', text }], isError: true });
  });

  it('may say that there was no error', () => {
    expect(answered({ output: 'x', error: null })).toMatchObject({ isError: false });
  });

  it('may come with pictures', () => {
    const parts = [{ inlineData: { mimeType: 'image/png', data: 'AA==' } }];
    expect(answered({ output: 'see' }, { parts })).toMatchObject({
      content: [{ text: 'see' }, { type: 'image', url: 'data:image/png;base64,AA==' }],
    });
  });

  it('are refused when they are nested beyond measure, as arguments are', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(60_000)}1${'}'.repeat(60_000)}`);
    expect(refusalOf({ contents: [user(result('f', deep))] })).toMatchObject({
      param: 'contents[0].parts[0].functionResponse.response',
    });
    expect(refusalOf({ contents: [model(call('f', deep))] })).toMatchObject({
      param: 'contents[0].parts[0].functionCall.args',
    });
  });
});

describe('media', () => {
  const mediaOf = (part: object) => {
    const [message] = messagesOf(user(part));
    return message?.role === 'user' ? message.content : [];
  };

  it.each([
    ['image/png', { type: 'image', url: 'data:image/png;base64,AA==' }],
    ['video/mp4', { type: 'video', url: 'data:video/mp4;base64,AA==' }],
    ['application/pdf', { type: 'file', url: 'data:application/pdf;base64,AA==' }],
    ['audio/wav', { type: 'file', url: 'data:audio/wav;base64,AA==' }],
  ])('inline, %s', (mimeType, part) => {
    const expected = [{ ...part, field: 'contents[0].parts[0].inlineData.data' }];
    expect(mediaOf({ inlineData: { mimeType, data: 'AA==' } })).toEqual(expected);
    expect(mediaOf({ inline_data: { mime_type: mimeType, data: 'AA==' } })).toEqual(expected);
  });

  it('by URL, with the name that the client gives', () => {
    const fileUri = 'https://example.com/a.pdf';
    const source = { url: fileUri, field: 'contents[0].parts[0].fileData.fileUri' };
    expect(mediaOf({ fileData: { mimeType: 'image/jpeg', fileUri } })).toEqual([{ type: 'image', ...source }]);
    expect(mediaOf({ fileData: { fileUri, displayName: 'a.pdf' } })).toEqual([
      { type: 'file', ...source, name: 'a.pdf' },
    ]);
  });

  it.each(['files/', 'https://gateway.example/v1beta/files/'])('by the name of a stored file, after %s', (before) => {
    const fileId = `file-${'0123456789abcdef'.repeat(3).slice(0, 36)}`;
    const source = { url: `stored:${fileId}`, fileId, field: 'contents[0].parts[0].fileData.fileUri' };
    expect(mediaOf({ fileData: { mimeType: 'image/png', fileUri: `${before}${fileId}` } })).toEqual([
      { type: 'image', ...source },
    ]);
  });

  it.each([
    [{ fileData: { fileUri: 'gs://bucket/a.png' } }, 'contents[0].parts[0].fileData.fileUri'],
    [{ file_data: { file_uri: 'files/abc' } }, 'contents[0].parts[0].file_data.file_uri'],
    [{ inlineData: { mimeType: 'png', data: 'AA==' } }, 'contents[0].parts[0].inlineData.mimeType'],
    [{ inlineData: { data: 'AA==' } }, 'contents[0].parts[0].inlineData.mimeType'],
    [{ inlineData: { mimeType: 'image/png', data: 5 } }, 'contents[0].parts[0].inlineData.data'],
  ])('is refused: %j', (part, param) => {
    expect(refusalOf({ contents: [user(part)] })).toMatchObject({ param });
  });
});
