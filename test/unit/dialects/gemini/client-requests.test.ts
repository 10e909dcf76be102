import { describe, expect, it } from 'vitest';
import { InvalidRequestError } from '../../../../shared/chat/errors/request-errors.ts';
import { errorWriters } from '../../../../shared/dialects/error-writers.ts';
import { placesIn, withValueAt } from '../../../support/broken-fields.ts';
import { cliToolNames, geminiCliRequest, geminiRouterRequest } from '../../../support/gemini-cli-request.ts';
import { readBodyOf, refusalOf } from './reading.ts';

const wrongValues = [undefined, null, 5, 'text', true, [], {}, [[]], [5], { a: 5 }];

describe('what Gemini CLI sends', () => {
  it('has the size that was seen', () => {
    const { systemInstruction, tools } = geminiCliRequest();
    expect(JSON.stringify(systemInstruction).length).toBeGreaterThan(24_000);
    expect(tools[0]?.functionDeclarations).toHaveLength(15);
  });

  it('is read whole', () => {
    const { request } = readBodyOf(geminiCliRequest());
    expect(request.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'tool', 'user']);
    expect(request.messages.at(2)).toEqual({
      role: 'assistant',
      content: '',
      toolCalls: [{ id: 'call-0001', name: 'read_file', arguments: '{"file_path":"/project/greet.txt"}' }],
    });
    expect(request.messages.at(3)).toMatchObject({ toolCallId: 'call-0001', isError: false });
    expect(request.tools.definitions.map(({ name }) => name)).toEqual(cliToolNames);
    expect(request.features).toEqual({ thinking: true });
  });

  it('asks its router for JSON by a schema in capitals', () => {
    const { request } = readBodyOf(geminiRouterRequest());
    expect(request.format).toMatchObject({
      type: 'json-schema',
      schema: {
        type: 'object',
        properties: { complexity_reasoning: { type: 'string' }, complexity_score: { type: 'integer' } },
      },
    });
  });
});

describe.each([
  ['a session', geminiCliRequest()],
  ['the router', geminiRouterRequest()],
])('%s with one place broken', (_name, body) => {
  it('is read or refused in Google’s words, whatever stands there', () => {
    let refused = 0;
    for (const place of placesIn(body)) {
      for (const value of wrongValues) {
        const error = refusal(withValueAt(body, place, value));
        if (error === undefined) continue;
        refused += 1;
        expect(errorWriters.gemini(error, 'request-1')).toMatchObject({
          error: { code: 400, status: 'INVALID_ARGUMENT', message: expect.stringContaining(`'${error.param}'`) },
        });
      }
    }
    expect(refused).toBeGreaterThan(100);
  });
});

describe('a known field of a wrong type', () => {
  it.each([
    [['contents'], 5, 'contents'],
    [['contents', 0], 5, 'contents[0]'],
    [['contents', 0, 'role'], 'robot', 'contents[0].role'],
    [['contents', 0, 'parts'], 'hi', 'contents[0].parts'],
    [['contents', 0, 'parts', 1], 'hi', 'contents[0].parts[1]'],
    [['contents', 0, 'parts', 0, 'text'], {}, 'contents[0].parts[0].text'],
    [['contents', 1, 'parts', 0, 'thought'], 'yes', 'contents[1].parts[0].thought'],
    [['contents', 1, 'parts', 1, 'functionCall'], 'f', 'contents[1].parts[1].functionCall'],
    [['contents', 1, 'parts', 1, 'functionCall', 'id'], 5, 'contents[1].parts[1].functionCall.id'],
    [['contents', 1, 'parts', 1, 'functionCall', 'name'], undefined, 'contents[1].parts[1].functionCall.name'],
    [['contents', 1, 'parts', 1, 'functionCall', 'args'], '{}', 'contents[1].parts[1].functionCall.args'],
    [['contents', 2, 'parts', 0, 'functionResponse', 'name'], 5, 'contents[2].parts[0].functionResponse.name'],
    [
      ['contents', 2, 'parts', 0, 'functionResponse', 'response'],
      'x',
      'contents[2].parts[0].functionResponse.response',
    ],
    [['systemInstruction'], 5, 'systemInstruction'],
    [['systemInstruction', 'parts', 0, 'text'], 5, 'systemInstruction.parts[0].text'],
    [['tools'], 'all', 'tools'],
    [['tools', 0, 'functionDeclarations'], 'all', 'tools[0].functionDeclarations'],
    [['tools', 0, 'functionDeclarations', 3, 'name'], undefined, 'tools[0].functionDeclarations[3].name'],
    [['tools', 0, 'functionDeclarations', 3, 'name'], 'read_file', 'tools'],
    [['tools', 0, 'functionDeclarations', 3, 'description'], [], 'tools[0].functionDeclarations[3].description'],
    [
      ['tools', 0, 'functionDeclarations', 3, 'parametersJsonSchema'],
      [],
      'tools[0].functionDeclarations[3].parametersJsonSchema',
    ],
    [['generationConfig'], 'cold', 'generationConfig'],
    [['generationConfig', 'thinkingConfig'], true, 'generationConfig.thinkingConfig'],
    [
      ['generationConfig', 'thinkingConfig', 'includeThoughts'],
      'yes',
      'generationConfig.thinkingConfig.includeThoughts',
    ],
  ] as const)('%j as %j is named %s', (path, value, param) => {
    expect(refusalOf(withValueAt(geminiCliRequest(), path, value))).toMatchObject({ param, status: 400 });
  });
});

function refusal(body: unknown): InvalidRequestError | undefined {
  try {
    readBodyOf(body);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidRequestError) return error;
    throw error;
  }
}
