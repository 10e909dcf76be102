import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { InvalidRequestError } from '../../../shared/chat/errors/request-errors.ts';
import { readBody } from '../../../shared/dialects/read-body.ts';
import { type DialectSettings, dialects } from '../../../shared/dialects/registry.ts';
import { plainContext } from '../../support/request-context.ts';

const settings: DialectSettings = { outputThinking: true, searchInfoMode: 'annotations', defaultModel: 'm' };
const many = <Entry>(entry: Entry) => Array.from({ length: 300_000 }, () => entry);
const user = { role: 'user', content: 'x' };
const model = 'm';

describe('a body with very many wrong entries', () => {
  it('is read up to the first', () => {
    const entries: unknown[] = [1, 2];
    Object.defineProperty(entries, 1, {
      get: () => {
        throw new Error('looked at');
      },
    });
    const schema = z.object({ entries: z.array(z.union([z.string(), z.object({ a: z.string() })])) });
    expect(() => readBody(schema, { entries })).toThrow("'entries[0]' must be a string or an object, not 1.");
  });

  it.each([
    ['anthropic', { model, messages: many({}) }, 'messages[0].role'],
    [
      'anthropic',
      { model, messages: [{ role: 'user', content: many({ type: 'image' }) }] },
      'messages[0].content[0].source',
    ],
    ['anthropic', { model, messages: [user], stop_sequences: many(1) }, 'stop_sequences'],
    ['openai-chat', { model, messages: many(1) }, 'messages[0]'],
    ['openai-chat', { model, messages: [user], tools: many({ type: 'function' }) }, 'tools[0].function'],
    ['openai-responses', { model, input: many({}) }, 'input[0].type'],
    [
      'openai-responses',
      { model, input: 'x', metadata: Object.fromEntries(many(1).map((value, index) => [`k${index}`, value])) },
      'metadata.k0',
    ],
    ['gemini', { contents: many({ role: 1 }) }, 'contents[0].role'],
    ['gemini', { contents: [{ parts: many({ functionCall: 1 }) }] }, 'contents[0].parts[0].functionCall'],
    ['native', { messages: many({}) }, 'messages[0].role'],
  ] as const)('is told by its first: %s, %#', (name, body, param) => {
    const dialect = dialects[name]?.create(settings);
    const read = () => dialect?.read(body, plainContext);
    expect(read).toThrow(InvalidRequestError);
    expect(read).toThrow(expect.objectContaining({ param }));
  });
});
