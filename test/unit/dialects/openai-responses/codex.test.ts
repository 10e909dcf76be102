import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../../../shared/chat/errors/gateway-error.ts';
import { writeOpenAiError } from '../../../../shared/dialects/openai-chat/error-body.ts';
import { classicRequest, liteRequest } from './codex-requests.ts';
import { call, end, eventsIn, read, streamed } from './responses-fixture.ts';

const forms = { classic: classicRequest, lite: liteRequest };

describe('a request of Codex', () => {
  it('has the size of the real ones', () => {
    expect(JSON.stringify(classicRequest).length).toBeGreaterThan(36_000);
    expect(JSON.stringify(liteRequest).length).toBeGreaterThan(45_000);
  });

  it('in the classic form is read whole: 12 tools, prompt and calls', () => {
    const { request, stream } = read(classicRequest);
    expect(stream).toBe(true);
    expect(request.messages.map(({ role }) => role)).toEqual(['system', 'system', 'user', 'user', 'assistant', 'tool']);
    expect(request.tools.definitions.map(({ name }) => name)).toHaveLength(12);
    // It never asked for a search of its own accord.
    expect(request.features).toEqual({});
  });

  it('in the lite form gets its calls back as free text, by the plain name', () => {
    const request = read(liteRequest);
    expect(request.request.tools).toMatchObject({ parallel: false, choice: { type: 'auto' } });
    expect(request.request.tools.definitions.map(({ name }) => name)).toEqual([
      'exec',
      'wait',
      'request_user_input',
      'sleep',
      'send_message',
      'spawn_agent',
    ]);
    expect(request.request.messages.at(-1)).toEqual({
      role: 'tool',
      toolCallId: 'call_1',
      content: [{ type: 'text', text: 'hi' }],
      isError: false,
    });
    const events = eventsIn(streamed(request, [call('exec', ['await ', 'x()'], 'text'), [end('tool-calls')]]));
    const done = events.find(({ type }) => type === 'response.output_item.done');
    expect(done?.item).toMatchObject({
      type: 'custom_tool_call',
      name: 'exec',
      input: 'await x()',
      call_id: 'call_exec',
    });
    expect(done?.item).not.toHaveProperty('namespace');
  });
});

type Path = readonly (string | number)[];

/** The places of all values within a value. */
function placesIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([name, child]) =>
    placesIn(child, [...path, Array.isArray(value) ? Number(name) : name]),
  );
  return path.length === 0 ? inner : [path, ...inner];
}

/** A copy with another value at one place; `undefined` takes it away. */
function broken(body: object, path: Path, value: unknown): object {
  const copy = structuredClone(body);
  let parent: object = copy;
  for (const step of path.slice(0, -1)) parent = Reflect.get(parent, step);
  const last = path.at(-1) ?? '';
  if (value === undefined && !Array.isArray(parent)) Reflect.deleteProperty(parent, last);
  else Reflect.set(parent, last, value);
  return copy;
}

describe.each(Object.entries(forms))('the %s form with one value broken', (_name, body) => {
  const places = placesIn(body);

  it.each([
    ['gone', undefined],
    ['null', null],
    ['a number', 7],
    ['a text', 'seven'],
    ['a list', [7]],
    ['an object', { seven: 7 }],
  ])('is read or refused in OpenAI’s words when it is %s', (_kind, value) => {
    let refused = 0;
    for (const path of places) {
      try {
        read(broken(body, path, value));
      } catch (error) {
        if (!(error instanceof GatewayError)) throw new Error(`broke at ${path.join('.')}`, { cause: error });
        refused += 1;
        expect(error.status, path.join('.')).toBe(400);
        const { param, type, message } = writeOpenAiError(error).error;
        expect(type).toBe('invalid_request_error');
        expect(message.length).toBeGreaterThan(10);
        // The place that is named is the broken one, or what holds it, or what is in it.
        const [first = ''] = path;
        expect(param, path.join('.')).toMatch(new RegExp(`^(${String(first)}|tools|input)`));
      }
    }
    expect(refused).toBeGreaterThan(5);
  });
});
