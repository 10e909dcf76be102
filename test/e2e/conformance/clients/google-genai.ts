import {
  ApiError,
  type Content,
  type FunctionDeclaration,
  type GenerateContentResponse,
  GoogleGenAI,
} from '@google/genai';
import type {
  Call,
  CaseTool,
  ClientUse,
  ConformanceClient,
  Picture,
  StreamedAnswer,
  StreamedCalls,
  TextAnswer,
  ThoughtfulAnswer,
  ToolRound,
} from '../client.ts';
import { failureOf } from '../failure-of.ts';

/** Google's official client. It has one class of errors, told apart by their status. */
export const googleGenAi: ConformanceClient = {
  name: '@google/genai',
  finish: { stop: 'STOP', tools: 'STOP' },
  argumentsInOnePiece: 'the protocol sends the arguments of a call as one object',
  structuredBy: 'schema',
  connect: ({ url, key, model }) =>
    new GoogleGenAiUse(new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: url } }), model),
  isAuthenticationError: (error) => error instanceof ApiError && error.status === 401,
  isNotFoundError: (error) => error instanceof ApiError && error.status === 404,
  isAbortError: (error) => error instanceof Error && error.name === 'AbortError',
};

class GoogleGenAiUse implements ClientUse {
  readonly #client: GoogleGenAI;
  readonly #model: string;

  constructor(client: GoogleGenAI, model: string) {
    this.#client = client;
    this.#model = model;
  }

  readonly thinking = async (prompt: string): Promise<ThoughtfulAnswer> => {
    const config = { thinkingConfig: { includeThoughts: true, thinkingBudget: 2000 } };
    const answer = await this.#client.models.generateContent({ model: this.#model, contents: prompt, config });
    const thoughts = partsOf(answer).flatMap(({ thought, text }) => (thought ? [text ?? ''] : []));
    return { ...answerOf(answer), thoughts: thoughts.join('\n') };
  };

  async text(prompt: string): Promise<TextAnswer> {
    return answerOf(await this.#client.models.generateContent({ model: this.#model, contents: prompt }));
  }

  async stream(prompt: string): Promise<StreamedAnswer> {
    const stream = await this.#client.models.generateContentStream({ model: this.#model, contents: prompt });
    const chunks = await Array.fromAsync(stream);
    const pieces = chunks.map(({ text }) => text ?? '').filter((text) => text !== '');
    const last = chunks.at(-1);
    return { pieces, text: pieces.join(''), finish: finishOf(last), totalTokens: tokensOf(last) };
  }

  async tools(prompt: string, tool: CaseTool): Promise<ToolRound> {
    const config = { tools: [{ functionDeclarations: [declarationOf(tool)] }] };
    const question: Content = { role: 'user', parts: [{ text: prompt }] };
    const first = await this.#client.models.generateContent({ model: this.#model, contents: [question], config });
    const calls = callsOf([first]);
    const results = calls.map(({ id, name, input }) => ({
      functionResponse: { ...(id && { id }), ...(name && { name }), response: { output: tool.run(input) } },
    }));
    const second = await this.#client.models.generateContent({
      model: this.#model,
      contents: [question, { role: 'model', parts: partsOf(first) }, { role: 'user', parts: results }],
      config,
    });
    return { calls, text: second.text ?? '', finishes: [finishOf(first), finishOf(second)] };
  }

  async streamedTools(prompt: string, tool: CaseTool): Promise<StreamedCalls> {
    const stream = await this.#client.models.generateContentStream({
      model: this.#model,
      contents: prompt,
      config: { tools: [{ functionDeclarations: [declarationOf(tool)] }] },
    });
    const chunks = await Array.fromAsync(stream);
    const text = chunks
      .flatMap(partsOf)
      .map((part) => part.text ?? '')
      .join('');
    const calls = callsOf(chunks);
    return { text, calls, pieces: calls.map(({ input }) => JSON.stringify(input)), finish: finishOf(chunks.at(-1)) };
  }

  async image(prompt: string, { mediaType, base64 }: Picture): Promise<TextAnswer> {
    const parts = [{ text: prompt }, { inlineData: { mimeType: mediaType, data: base64 } }];
    const contents = [{ role: 'user', parts }];
    return answerOf(await this.#client.models.generateContent({ model: this.#model, contents }));
  }

  async structured(prompt: string, schema: Readonly<Record<string, unknown>>): Promise<unknown> {
    const config = { responseMimeType: 'application/json', responseJsonSchema: schema };
    const answer = await this.#client.models.generateContent({ model: this.#model, contents: prompt, config });
    return JSON.parse(answer.text ?? '');
  }

  async abort(prompt: string): Promise<unknown> {
    const leaving = new AbortController();
    const stream = await this.#client.models.generateContentStream({
      model: this.#model,
      contents: prompt,
      config: { abortSignal: leaving.signal },
    });
    return failureOf(
      Array.fromAsync(stream, ({ text }) => {
        if (text) leaving.abort();
      }),
    );
  }
}

function declarationOf({ name, description, parameters }: CaseTool): FunctionDeclaration {
  return { name, description, parametersJsonSchema: parameters };
}

const partsOf = ({ candidates }: GenerateContentResponse) => candidates?.[0]?.content?.parts ?? [];
const finishOf = (answer: GenerateContentResponse | undefined) => answer?.candidates?.[0]?.finishReason;
const tokensOf = (answer: GenerateContentResponse | undefined) => answer?.usageMetadata?.totalTokenCount;

function callsOf(answers: readonly GenerateContentResponse[]): readonly Call[] {
  return answers.flatMap(({ functionCalls }) =>
    (functionCalls ?? []).map(({ id, name, args }) => ({ id, name, input: args })),
  );
}

function answerOf(answer: GenerateContentResponse): TextAnswer {
  return { text: answer.text ?? '', finish: finishOf(answer), totalTokens: tokensOf(answer) };
}
