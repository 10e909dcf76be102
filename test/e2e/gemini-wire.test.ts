import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { withValueAt } from '../support/broken-fields.ts';
import { adminKey, openGateway, parsed, type TestGateway } from '../support/gateway.ts';
import { geminiCliRequest, geminiRouterRequest } from '../support/gemini-cli-request.ts';
import { readChunks, wordsOf } from '../support/read-gemini.ts';

const models = '/v1beta/models/qwen3.7-plus';
const say = (text: string, more: object = {}) => ({ contents: [{ role: 'user', parts: [{ text }] }], ...more });
const lastOf = <T>(list: readonly T[]): T | undefined => list.at(-1);

describe.each(['start', 'dev'] as const)('Gemini by hand, npm run %s', (mode) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ mode });
  });
  afterAll(() => gateway.close());

  it('streams events with alt=sse, and nothing that breaks a client', async () => {
    const response = await gateway.request('POST', `${models}:streamGenerateContent?alt=sse`, say('count to 9'));
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const body = await response.clone().text();
    expect(body.match(/^(?!data: \{).+$/m)).toBeNull();
    const chunks = await readChunks(response);
    expect(wordsOf(chunks).match(/\d/g)).toHaveLength(9);
    expect(lastOf(chunks)).toMatchObject({ candidates: [{ finishReason: 'STOP' }], usageMetadata: {} });
  });

  it('streams one JSON array without it', async () => {
    const response = await gateway.request('POST', `${models}:streamGenerateContent`, say('count to 9'));
    expect(response.headers.get('content-type')).toContain('application/json');
    const chunks = await readChunks(response);
    expect(chunks.length).toBeGreaterThan(2);
    expect(wordsOf(chunks).match(/\d/g)).toHaveLength(9);
    expect(lastOf(chunks)).toMatchObject({ candidates: [{ finishReason: 'STOP' }] });
  });

  it('refuses in Google’s envelope', async () => {
    const path = `${models}:streamGenerateContent?alt=sse`;
    const unknownKey = await gateway.request('POST', path, say('hi'), { 'x-goog-api-key': 'sk-wrong' });
    expect(unknownKey.status).toBe(401);
    expect(await parsed(unknownKey)).toMatchObject({ error: { code: 401, status: 'UNAUTHENTICATED' } });
    const wrongType = await gateway.request('POST', path, { contents: 5 });
    expect(wrongType.status).toBe(400);
    expect(await parsed(wrongType)).toMatchObject({ error: { code: 400, status: 'INVALID_ARGUMENT' } });
  });
});

describe('Gemini’s doors', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway();
  });
  afterAll(() => gateway.close());

  it.each([
    ['x-goog-api-key', { 'x-goog-api-key': adminKey }, ''],
    ['?key=', {}, `?key=${adminKey}`],
    ['a bearer', { authorization: `Bearer ${adminKey}` }, ''],
  ])('take the key as %s', async (_form, headers, query) => {
    const response = await gateway.request('POST', `${models}:generateContent${query}`, say('repeat: in'), headers);
    expect(wordsOf([await parsed(response)])).toBe('in');
  });

  it.each(['/v1/models/qwen3.7-plus:generateContent', '/v1beta/models/Qwen3.7-Plus%3AgenerateContent'])(
    'open at %s',
    async (path) => {
      const response = await gateway.request('POST', path, say('repeat: open'));
      expect(wordsOf([await parsed(response)])).toBe('open');
    },
  );

  it.each([
    ['no key', `${models}:generateContent`, say('hi'), 401, 'UNAUTHENTICATED', {}],
    ['an unknown model', '/v1/models/qwen-nope:generateContent', say('hi'), 404, 'NOT_FOUND', undefined],
    ['bad JSON', `${models}:generateContent`, '{"contents":', 400, 'INVALID_ARGUMENT', undefined],
    ['no body', `${models}:generateContent`, undefined, 400, 'INVALID_ARGUMENT', undefined],
    ['a list', `${models}:streamGenerateContent`, [], 400, 'INVALID_ARGUMENT', undefined],
    ['a cache', `${models}:generateContent`, say('hi', { cachedContent: 'x' }), 400, 'INVALID_ARGUMENT', undefined],
    [
      'a picture that must be fetched from Google',
      `${models}:generateContent`,
      { contents: [{ parts: [{ fileData: { fileUri: 'files/abc' } }] }] },
      400,
      'INVALID_ARGUMENT',
      undefined,
    ],
  ])('refuse %s', async (_what, path, body, code, status, headers) => {
    const response = await gateway.request('POST', path, body, headers);
    expect(response.status).toBe(code);
    expect(response.headers.get('x-request-id')).toMatch(/./);
    expect(await parsed(response)).toMatchObject({ error: { code, status, message: expect.stringMatching(/./) } });
  });

  it('take POST only', async () => {
    expect((await gateway.request('GET', `${models}:generateContent`)).status).toBe(405);
  });

  it('tell Gemini CLI when a quota is used up', async () => {
    gateway.simulator.control.fault({ fault: 'rate-limited', num: 5, times: 9 });
    const response = await gateway.request('POST', `${models}:streamGenerateContent?alt=sse`, say('hi'));
    expect(response.status).toBe(429);
    const { error } = await parsed(response);
    expect(error.status).toBe('RESOURCE_EXHAUSTED');
    expect(JSON.stringify(error.details)).toMatch(/"quotaId":"[^"]*PerDay/);
    expect(JSON.stringify(error.details)).toMatch(/"retryDelay":"\d{4,}s"/);
  });
});

describe('Gemini CLI’s requests', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway();
  });
  afterAll(() => gateway.close());

  it('are answered with all of their tools', async () => {
    gateway.simulator.control.script('All done.');
    const response = await gateway.request('POST', `${models}:streamGenerateContent?alt=sse`, geminiCliRequest());
    const chunks = await readChunks(response);
    expect(wordsOf(chunks).trim()).toBe('All done.');
    expect(lastOf(chunks)?.candidates?.[0]?.finishReason).toBe('STOP');
  });

  it('of the router get bare JSON of the schema', async () => {
    const response = await gateway.request('POST', `${models}:generateContent`, geminiRouterRequest());
    expect(JSON.parse(wordsOf([await parsed(response)]))).toEqual({
      complexity_reasoning: expect.any(String),
      complexity_score: expect.any(Number),
    });
  });

  it.each([
    [['contents'], 'hi'],
    [['contents', 0, 'role'], 'robot'],
    [['contents', 1, 'parts', 1, 'functionCall', 'args'], 'x'],
    [['contents', 2, 'parts', 0, 'functionResponse', 'response'], 'x'],
    [['systemInstruction'], 5],
    [['tools', 0, 'functionDeclarations', 2, 'name'], 'read_file'],
    [['tools', 0, 'functionDeclarations', 2, 'parametersJsonSchema'], 'x'],
    [['toolConfig'], { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['nope'] } }],
    [['generationConfig', 'thinkingConfig', 'thinkingBudget'], 'much'],
  ] as const)('are refused when %j is %j', async (path, value) => {
    const body = withValueAt(geminiCliRequest(), path, value);
    const response = await gateway.request('POST', `${models}:streamGenerateContent?alt=sse`, body);
    expect(response.status).toBe(400);
    expect(await parsed(response)).toMatchObject({ error: { code: 400, status: 'INVALID_ARGUMENT' } });
  });

  it('are answered when a result has no call', async () => {
    gateway.simulator.control.script('Strange.');
    const body = geminiCliRequest();
    const contents = body.contents.toSpliced(1, 1);
    const response = await gateway.request('POST', `${models}:generateContent`, { ...body, contents });
    expect(wordsOf([await parsed(response)]).trim()).toBe('Strange.');
  });
});

describe('a silent upstream', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({
      env: { UPSTREAM_IDLE_SECONDS: '3', FIRST_EVENT_SECONDS: '1', IDLE_EVENT_SECONDS: '1' },
    });
  });
  afterEach(() => gateway.simulator.control.heal());
  afterAll(() => gateway.close());

  it.each([
    ['events', '?alt=sse'],
    ['a JSON array', ''],
  ])('brings empty parts, then an error and no finish reason, as %s', async (_form, query) => {
    gateway.simulator.control.fault({ fault: 'stall-after', after: 3, times: 9 });
    const response = await gateway.request('POST', `${models}:streamGenerateContent${query}`, say('count to 9'));
    const chunks = await readChunks(response);
    const parts = chunks.flatMap(({ candidates }) => candidates?.[0]?.content.parts ?? []);
    expect(parts.filter(({ text }) => text === '').length).toBeGreaterThan(0);
    expect(wordsOf(chunks)).toContain('2');
    expect(lastOf(chunks)).toMatchObject({ error: { code: 504, status: 'DEADLINE_EXCEEDED' } });
    expect(JSON.stringify(chunks)).not.toContain('finishReason');
  });
});
