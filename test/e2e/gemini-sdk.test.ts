import { ApiError, FunctionCallingConfigMode, type FunctionDeclaration, GoogleGenAI, Type } from '@google/genai';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openGateway, type TestGateway } from '../support/gateway.ts';

const model = 'qwen3.7-plus';
const weather: FunctionDeclaration = {
  name: 'get_weather',
  description: 'The weather of a city.',
  parameters: { type: Type.OBJECT, properties: { city: { type: Type.STRING } }, required: ['city'] },
};
const weatherCall = '[tool_call]{"name":"get_weather","arguments":{"city":"Paris"}}[/tool_call]';

describe.each(['v1', 'v1beta'])('@google/genai at %s', (apiVersion) => {
  let gateway: TestGateway;
  let client: GoogleGenAI;
  const clientWith = (apiKey: string) =>
    new GoogleGenAI({ apiKey, apiVersion, httpOptions: { baseUrl: gateway.runtime.url } });

  beforeAll(async () => {
    gateway = await openGateway();
    client = clientWith(gateway.adminKey);
  });
  afterEach(() => gateway.simulator.control.heal());
  afterAll(() => gateway.close());

  /** What the upstream was sent as its one message, last time. */
  const lastPrompt = (): string => {
    const completions = gateway.simulator.control.requests().filter(({ route }) => route === 'completion');
    return JSON.stringify(completions.at(-1)?.body ?? null);
  };

  it('answers a text', async () => {
    const answer = await client.models.generateContent({ model, contents: 'repeat: all good' });
    expect(answer.text).toBe('all good');
    expect(answer.candidates?.[0]?.finishReason).toBe('STOP');
    expect(answer.modelVersion).toBe(model);
    expect(answer.responseId).toMatch(/./);
    expect(answer.usageMetadata?.totalTokenCount).toBeGreaterThan(0);
  });

  it('streams', async () => {
    const stream = await client.models.generateContentStream({ model, contents: 'count to 30' });
    const chunks = await Array.fromAsync(stream);
    const text = chunks.map((chunk) => chunk.text ?? '').join('');
    expect(text.match(/\d+/g)).toHaveLength(30);
    expect(chunks.length).toBeGreaterThan(3);
    expect(new Set(chunks.map(({ responseId }) => responseId)).size).toBe(1);
    expect(chunks.map((chunk) => chunk.candidates?.[0]?.finishReason).filter(Boolean)).toEqual(['STOP']);
    expect(chunks.at(-1)?.usageMetadata?.candidatesTokenCount).toBeGreaterThan(0);
  });

  it.each(['whole', 'streamed'])('keeps the chat helper’s history, %s', async (form) => {
    const chat = client.chats.create({ model });
    const say = async (message: string): Promise<string> => {
      if (form === 'whole') return (await chat.sendMessage({ message })).text ?? '';
      const chunks = await Array.fromAsync(await chat.sendMessageStream({ message }));
      return chunks.map(({ text }) => text ?? '').join('');
    };
    expect(await say('repeat: the word is heron')).toBe('the word is heron');
    expect(chat.getHistory(true).length).toBeGreaterThan(1);
    await say('count to 3');
    const seen = gateway.simulator.control.prompts().at(-1);
    expect(seen?.text).toBe('count to 3');
    expect(seen?.conversation.map(({ words }) => words)).toEqual([
      'repeat: the word is heron',
      'the word is heron',
      'count to 3',
    ]);
  });

  it('passes instructions and history on, in order', async () => {
    await client.models.generateContent({
      model,
      contents: [
        { role: 'user', parts: [{ text: 'FIRST-PART' }] },
        { role: 'model', parts: [{ text: 'SECOND-PART' }] },
        { role: 'user', parts: [{ text: 'THIRD-PART' }] },
      ],
      config: { systemInstruction: 'SYSTEM-PART' },
    });
    expect(lastPrompt().match(/(SYSTEM|FIRST|SECOND|THIRD)-PART/g)).toEqual([
      'SYSTEM-PART',
      'FIRST-PART',
      'SECOND-PART',
      'THIRD-PART',
    ]);
  });

  it('lets a tool be called, and reads its result', async () => {
    gateway.simulator.control.script(weatherCall);
    const first = await client.models.generateContent({
      model,
      contents: 'Weather?',
      config: {
        tools: [{ functionDeclarations: [weather] }],
        toolConfig: { functionCallingConfig: { mode: FunctionCallingConfigMode.ANY } },
      },
    });
    const [call] = first.functionCalls ?? [];
    expect(call).toMatchObject({ name: 'get_weather', args: { city: 'Paris' }, id: expect.stringMatching(/./) });
    expect(first.candidates?.[0]?.finishReason).toBe('STOP');
    const content = first.candidates?.[0]?.content;
    if (content === undefined || call === undefined) throw new Error('no call');
    gateway.simulator.control.script('It is sunny.');
    const second = await client.models.generateContent({
      model,
      contents: [
        { role: 'user', parts: [{ text: 'Weather?' }] },
        content,
        { role: 'user', parts: [{ functionResponse: { ...call, response: { output: 'SUNNY-RESULT' } } }] },
      ],
      config: { tools: [{ functionDeclarations: [weather] }] },
    });
    expect(second.text).toBe('It is sunny.');
    expect(lastPrompt()).toContain('SUNNY-RESULT');
  });

  it('serves the SDK’s automatic calls', async () => {
    gateway.simulator.control.script(weatherCall);
    gateway.simulator.control.script('Sunny in Paris.');
    const asked: unknown[] = [];
    const answer = await client.models.generateContent({
      model,
      contents: 'Weather?',
      config: {
        tools: [
          {
            tool: async () => ({ functionDeclarations: [weather] }),
            callTool: async (calls) => {
              asked.push(...calls.map(({ args }) => args));
              return calls.map(({ id, name }) => ({
                functionResponse: { ...(id && { id }), ...(name && { name }), response: { result: 'sunny' } },
              }));
            },
          },
        ],
      },
    });
    expect(asked).toEqual([{ city: 'Paris' }]);
    expect(answer.text).toBe('Sunny in Paris.');
  });

  it('streams words and calls', async () => {
    gateway.simulator.control.script(`Looking.\n${weatherCall}\n${weatherCall.replace('Paris', 'Rome')}`);
    const stream = await client.models.generateContentStream({
      model,
      contents: 'Weather?',
      config: { tools: [{ functionDeclarations: [weather] }] },
    });
    const chunks = await Array.fromAsync(stream);
    const calls = chunks.flatMap(({ functionCalls }) => functionCalls ?? []);
    expect(calls.map(({ args }) => args)).toEqual([{ city: 'Paris' }, { city: 'Rome' }]);
    expect(new Set(calls.map(({ id }) => id)).size).toBe(2);
    const parts = chunks.flatMap(({ candidates }) => candidates?.[0]?.content?.parts ?? []);
    expect(
      parts
        .map(({ text }) => text ?? '')
        .join('')
        .trim(),
    ).toBe('Looking.');
    expect(chunks.map((chunk) => chunk.candidates?.[0]?.finishReason).filter(Boolean)).toEqual(['STOP']);
  });

  it('shows thoughts to those who ask', async () => {
    const ask = (includeThoughts: boolean) =>
      client.models.generateContent({
        model: `${model}-thinking`,
        contents: 'repeat: 42',
        config: { thinkingConfig: { includeThoughts } },
      });
    const answer = await ask(true);
    expect(answer.text).toBe('42');
    expect(answer.candidates?.[0]?.content?.parts?.filter(({ thought }) => thought)).toHaveLength(1);
    expect((await ask(false)).candidates?.[0]?.content?.parts).toEqual([{ text: '42' }]);
  });

  it('gives bare JSON by a schema', async () => {
    const answer = await client.models.generateContent({
      model,
      contents: 'A city, please.',
      config: {
        responseMimeType: 'application/json',
        responseSchema: {
          type: Type.OBJECT,
          properties: { city: { type: Type.STRING }, people: { type: Type.INTEGER } },
          required: ['city', 'people'],
        },
      },
    });
    expect(JSON.parse(answer.text ?? '')).toEqual({ city: expect.any(String), people: expect.any(Number) });
  });

  it('gives sources as grounding', async () => {
    const { candidates } = await client.models.generateContent({
      model,
      contents: 'news?',
      config: { tools: [{ googleSearch: {} }] },
    });
    const chunks = candidates?.[0]?.groundingMetadata?.groundingChunks ?? [];
    expect(chunks.length).toBeGreaterThan(0);
    for (const { web } of chunks) expect(web?.uri).toMatch(/^https:/);
  });

  it('passes a picture on', async () => {
    const fileUri = 'https://cdn.qwenlm.ai/pictures/blue.png';
    await client.models.generateContent({
      model,
      contents: [{ role: 'user', parts: [{ text: 'What is it?' }, { fileData: { fileUri, mimeType: 'image/png' } }] }],
    });
    expect(lastPrompt()).toContain(fileUri);
  });

  it('enforces limits', async () => {
    const ask = (config: object) => client.models.generateContent({ model, contents: 'count to 200', config });
    const cut = await ask({ maxOutputTokens: 10 });
    expect(cut.candidates?.[0]?.finishReason).toBe('MAX_TOKENS');
    const stopped = await ask({ stopSequences: ['7'] });
    expect(stopped.candidates?.[0]?.finishReason).toBe('STOP');
    expect(stopped.text).toContain('6');
    expect(stopped.text).not.toContain('7');
  });

  it('raises the SDK’s own error', async () => {
    const wrongKey = clientWith('sk-wrong').models.generateContent({ model, contents: 'hi' });
    await expect(wrongKey).rejects.toBeInstanceOf(ApiError);
    await expect(wrongKey).rejects.toMatchObject({ status: 401, message: expect.stringContaining('UNAUTHENTICATED') });
    const unknown = client.models.generateContentStream({ model: 'qwen-nope', contents: 'hi' });
    await expect(unknown).rejects.toMatchObject({ status: 404, message: expect.stringContaining('NOT_FOUND') });
    const many = client.models.generateContent({ model, contents: 'hi', config: { candidateCount: 2 } });
    await expect(many).rejects.toMatchObject({ status: 400, message: expect.stringContaining('candidateCount') });
  });

  it('raises an error for a stream that breaks, as the SDK can’t see its end', async () => {
    gateway.simulator.control.fault({ fault: 'cut-after', after: 5, times: 5 });
    const stream = await client.models.generateContentStream({ model, contents: 'count to 30' });
    const texts: string[] = [];
    const reading = (async () => {
      for await (const chunk of stream) texts.push(chunk.text ?? '');
    })();
    await expect(reading).rejects.toMatchObject({ status: 502, message: expect.stringContaining('UNAVAILABLE') });
    expect(texts.join('')).toContain('4');
  });

  it('stops the upstream when the caller leaves', async () => {
    const { control } = gateway.simulator;
    control.fault({ fault: 'stall-after', after: 3 });
    const leaving = new AbortController();
    const stream = await client.models.generateContentStream({
      model,
      contents: 'count to 9',
      config: { abortSignal: leaving.signal },
    });
    for await (const chunk of stream) if (chunk.text?.includes('2')) break;
    leaving.abort();
    await control.waitFor(({ route, outcome }) => route === 'completion' && outcome === 'client-gone');
  });
});
