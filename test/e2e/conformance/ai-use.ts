import {
  APICallError,
  generateText,
  jsonSchema,
  type LanguageModel,
  Output,
  stepCountIs,
  streamText,
  tool as toolFrom,
} from 'ai';
import type {
  CaseTool,
  ClientUse,
  ConformanceClient,
  NotOffered,
  Offer,
  Picture,
  StreamedAnswer,
  StreamedCalls,
  TextAnswer,
  ThoughtfulAnswer,
  ToolRound,
} from './client.ts';
import { failureOf } from './failure-of.ts';

type ProviderOptions = NonNullable<Parameters<typeof generateText>[0]['providerOptions']>;

/** What Vercel's `ai` is the same in with every provider. */
export const aiClient = {
  finish: { stop: 'stop', tools: 'tool-calls' },
  isAuthenticationError: (error) => APICallError.isInstance(error) && error.statusCode === 401,
  isNotFoundError: (error) => APICallError.isInstance(error) && error.statusCode === 404,
  isAbortError: (error) => error instanceof Error && error.name === 'AbortError',
} as const satisfies Partial<ConformanceClient>;

/** Vercel's `ai` with the model of some provider. */
export class AiUse implements ClientUse {
  readonly thinking: Offer<(prompt: string) => Promise<ThoughtfulAnswer>>;
  readonly #model: LanguageModel;

  /** @param thinking provider options beside the portable switch for thinking, or why none of it can be seen. */
  constructor(model: LanguageModel, thinking: ProviderOptions | NotOffered) {
    this.#model = model;
    this.thinking = isReason(thinking) ? thinking : (prompt) => this.#think(prompt, thinking);
  }

  async text(prompt: string): Promise<TextAnswer> {
    return answerOf(await generateText({ model: this.#model, prompt }));
  }

  async stream(prompt: string): Promise<StreamedAnswer> {
    const failures: unknown[] = [];
    const result = streamText({ model: this.#model, prompt, onError: ({ error }) => void failures.push(error) });
    const pieces = await Array.fromAsync(result.textStream);
    if (failures.length > 0) throw failures[0];
    const { totalTokens } = await result.usage;
    return { pieces, text: await result.text, finish: await result.finishReason, totalTokens };
  }

  async tools(prompt: string, tool: CaseTool): Promise<ToolRound> {
    const { steps, text } = await generateText({
      model: this.#model,
      prompt,
      tools: { [tool.name]: toolFrom({ ...describe(tool), execute: (input) => tool.run(input) }) },
      stopWhen: stepCountIs(3),
    });
    const calls = steps.flatMap(({ toolCalls }) =>
      toolCalls.map(({ toolCallId, toolName, input }) => ({ id: toolCallId, name: toolName, input })),
    );
    return { calls, text, finishes: steps.map(({ finishReason }) => finishReason) };
  }

  async streamedTools(prompt: string, tool: CaseTool): Promise<StreamedCalls> {
    const result = streamText({ model: this.#model, prompt, tools: { [tool.name]: toolFrom(describe(tool)) } });
    const pieces: string[] = [];
    for await (const part of result.fullStream) {
      if (part.type === 'tool-input-delta' && part.delta !== '') pieces.push(part.delta);
    }
    const calls = (await result.toolCalls).map(({ toolCallId, toolName, input }) => ({
      id: toolCallId,
      name: toolName,
      input,
    }));
    return { text: await result.text, calls, pieces, finish: await result.finishReason };
  }

  async image(prompt: string, { mediaType, base64 }: Picture): Promise<TextAnswer> {
    const content = [
      { type: 'text' as const, text: prompt },
      { type: 'file' as const, data: base64, mediaType },
    ];
    return answerOf(await generateText({ model: this.#model, messages: [{ role: 'user', content }] }));
  }

  async structured(prompt: string, schema: Readonly<Record<string, unknown>>): Promise<unknown> {
    const output = Output.object({ schema: jsonSchema({ ...schema }) });
    return (await generateText({ model: this.#model, prompt, output })).output;
  }

  async abort(prompt: string): Promise<unknown> {
    const leaving = new AbortController();
    const result = streamText({ model: this.#model, prompt, abortSignal: leaving.signal });
    const failure = failureOf(result.text);
    for await (const part of result.fullStream) {
      if (part.type === 'text-delta') leaving.abort();
    }
    return failure;
  }

  async #think(prompt: string, providerOptions: ProviderOptions): Promise<ThoughtfulAnswer> {
    const result = await generateText({ model: this.#model, prompt, reasoning: 'high', providerOptions });
    return { ...answerOf(result), thoughts: result.reasoningText ?? '' };
  }
}

function isReason(thinking: ProviderOptions | NotOffered): thinking is NotOffered {
  return typeof thinking.reason === 'string';
}

function describe({ description, parameters }: CaseTool) {
  return { description, inputSchema: jsonSchema({ ...parameters }) };
}

function answerOf(result: {
  readonly text: string;
  readonly finishReason: string;
  readonly usage: { readonly totalTokens: number | undefined };
}): TextAnswer {
  return { text: result.text, finish: result.finishReason, totalTokens: result.usage.totalTokens };
}
