import { describe, expect, it } from 'vitest';
import { UnsupportedParameterError } from '../../../../shared/chat/errors/request-errors.ts';
import { readBodyOf, refusalOf, requestOf } from './reading.ts';

const contents = [{ role: 'user', parts: [{ text: 'hi' }] }];
const generation = (generationConfig: object) => requestOf({ generationConfig });

describe('a request', () => {
  it('takes its model from the path and its streaming from the method', () => {
    expect(readBodyOf({ contents, model: 'other' }).request.model).toBe('qwen3.7-plus');
    expect(readBodyOf({ contents }).stream).toBe(false);
    expect(readBodyOf({ contents }, { method: 'streamGenerateContent' }).stream).toBe(true);
  });

  it('without options asks for nothing', () => {
    expect(
      requestOf({ safetySettings: [{ category: 'X' }], labels: null, generationConfig: { topK: 64, temperature: 1 } }),
    ).toEqual({
      model: 'qwen3.7-plus',
      messages: [{ role: 'user', content: [{ type: 'text', text: 'hi' }] }],
      features: {},
      limits: { stopSequences: [] },
      format: { type: 'text' },
      tools: { definitions: [], choice: { type: 'none' }, parallel: true },
    });
  });

  it.each([
    ['a text', 'Be brief.'],
    ['a content', { role: 'user', parts: [{ text: 'Be' }, { text: 'brief.' }] }],
    ['a content of one part', { parts: { text: 'Be brief.' } }],
    ['parts', [{ text: 'Be brief.' }]],
  ])('takes its instructions as %s, under either name', (_form, instruction) => {
    for (const field of ['systemInstruction', 'system_instruction']) {
      const [first] = requestOf({ [field]: instruction }).messages;
      expect(first).toMatchObject({ role: 'system', content: expect.stringMatching(/^Be\s+brief\.$/) });
    }
  });

  it.each([[''], [{ parts: [] }], [null]])('has no instructions in %j', (systemInstruction) => {
    expect(requestOf({ systemInstruction }).messages).toHaveLength(1);
  });

  it('reads every field in snake case, and leaves the caller’s own keys alone', () => {
    const { request } = readBodyOf({
      contents: [
        { role: 'model', parts: [{ function_call: { name: 'f', args: { some_key: 1 } } }] },
        { parts: [{ function_response: { name: 'f', response: { other_key: 2 } } }] },
      ],
      tools: [
        {
          function_declarations: [
            { name: 'f', parameters: { type: 'OBJECT', properties: { some_key: { type: 'STRING' } } } },
          ],
        },
      ],
      tool_config: { function_calling_config: { mode: 'ANY', allowed_function_names: ['f'] } },
      generation_config: { max_output_tokens: 9, stop_sequences: ['x'], thinking_config: { thinking_budget: 5 } },
    });
    expect(request).toMatchObject({
      messages: [{ toolCalls: [{ arguments: '{"some_key":1}' }] }, { content: [{ text: '{"other_key":2}' }] }],
      limits: { maxOutputTokens: 9, stopSequences: ['x'] },
      features: { thinking: true, thinkingBudget: 5 },
      tools: {
        definitions: [{ parameters: { type: 'object', properties: { some_key: { type: 'string' } } } }],
        choice: { type: 'tool', name: 'f' },
      },
    });
  });

  it('has limits', () => {
    expect(generation({ maxOutputTokens: 5, stopSequences: ['a', '', 'b'] }).limits).toEqual({
      maxOutputTokens: 5,
      stopSequences: ['a', 'b'],
    });
  });
});

describe('thinking', () => {
  it.each([
    [{}, {}],
    [{ includeThoughts: true }, { thinking: true }],
    [{ includeThoughts: false }, {}],
    [{ thinkingBudget: 0, includeThoughts: true }, { thinking: false }],
    [{ thinkingBudget: -1 }, {}],
    [{ thinkingBudget: -1, includeThoughts: true }, { thinking: true }],
    [{ thinkingBudget: 512 }, { thinking: true, thinkingBudget: 512 }],
    [{ thinkingLevel: 'HIGH' }, { thinking: true }],
    [{ thinkingLevel: 'minimal', includeThoughts: true }, { thinking: false }],
    [{ thinkingLevel: 'THINKING_LEVEL_UNSPECIFIED' }, {}],
  ])('%j', (thinkingConfig, features) => {
    expect(generation({ thinkingConfig }).features).toEqual(features);
  });
});

describe('the form of the answer', () => {
  const schema = { type: 'OBJECT', properties: { n: { type: 'INTEGER' } } };
  const read = { type: 'object', properties: { n: { type: 'integer' } } };

  it.each([
    [{ responseMimeType: 'text/plain' }, { type: 'text' }],
    [{ responseMimeType: 'application/json' }, { type: 'json' }],
    [
      { responseMimeType: 'application/json', responseSchema: schema },
      { type: 'json-schema', name: 'response', schema: read },
    ],
    [{ responseJsonSchema: schema }, { type: 'json-schema', name: 'response', schema: read }],
  ])('%j', (config, format) => {
    expect(generation(config).format).toEqual(format);
  });
});

describe('what can’t be honoured', () => {
  it.each([
    [{ cachedContent: 'cachedContents/1' }, 'cachedContent'],
    [{ cached_content: 'cachedContents/1' }, 'cached_content'],
    [{ generationConfig: { candidateCount: 2 } }, 'generationConfig.candidateCount'],
    [{ generationConfig: { responseLogprobs: true } }, 'generationConfig.responseLogprobs'],
    [{ generationConfig: { responseModalities: ['IMAGE'] } }, 'generationConfig.responseModalities'],
    [{ generationConfig: { responseMimeType: 'text/x.enum' } }, 'generationConfig.responseMimeType'],
    [
      { systemInstruction: { parts: [{ inlineData: { mimeType: 'image/png', data: '' } }] } },
      'systemInstruction.parts[0]',
    ],
    [{ systemInstruction: [{ fileData: { fileUri: 'https://x.example' } }] }, 'systemInstruction[0]'],
  ])('is refused by name: %j', (more, param) => {
    const error = refusalOf({ contents, ...more });
    expect(error).toBeInstanceOf(UnsupportedParameterError);
    expect(error.param).toBe(param);
    expect(error.message).toContain(`'${param}'`);
  });

  it('does not hold what asks for nothing', () => {
    expect(() =>
      requestOf({ cachedContent: '', generationConfig: { candidateCount: 1, responseModalities: ['TEXT'] } }),
    ).not.toThrow();
  });
});

describe('wrong types', () => {
  it.each([
    [{ contents: 'hi' }, 'contents'],
    [{}, 'contents'],
    [{ contents, generationConfig: [] }, 'generationConfig'],
    [{ contents, generationConfig: { maxOutputTokens: 0 } }, 'generationConfig.maxOutputTokens'],
    [{ contents, generation_config: { max_output_tokens: '5' } }, 'generation_config.max_output_tokens'],
    [{ contents, generationConfig: { stopSequences: 'x' } }, 'generationConfig.stopSequences'],
    [
      { contents, generationConfig: { thinkingConfig: { thinkingBudget: -2 } } },
      'generationConfig.thinkingConfig.thinkingBudget',
    ],
    [{ contents, systemInstruction: 5 }, 'systemInstruction'],
    [{ contents: { parts: { text: 5 } } }, 'contents.parts.text'],
    [{ contents, tools: [{ functionDeclarations: { name: 'a b' } }] }, 'tools[0].functionDeclarations.name'],
    [
      { contents, tool_config: { function_calling_config: { mode: 'SOME' } } },
      'tool_config.function_calling_config.mode',
    ],
  ])('are refused in the client’s spelling: %j', (body, param) => {
    const error = refusalOf(body);
    expect(error.param).toBe(param);
    expect(error.message).toContain(`'${param}'`);
  });

  it.each([[undefined], [null], [[]], ['text'], [5]])('of the whole body: %j', (body) => {
    expect(refusalOf(body)).toMatchObject({ code: 'invalid_json' });
  });

  it('however deep they are', () => {
    const deep = JSON.parse(`${'[{"a":'.repeat(50_000)}1${'}]'.repeat(50_000)}`);
    expect(() => requestOf({ unknown: deep })).not.toThrow();
    expect(refusalOf({ contents: deep })).toMatchObject({ param: 'contents' });
  });
});
