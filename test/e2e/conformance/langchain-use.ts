import { type AIMessage, type AIMessageChunk, HumanMessage, ToolMessage } from '@langchain/core/messages';
import { ChatOpenAI, type ChatOpenAIFields } from '@langchain/openai';
import OpenAI from 'openai';
import type {
  Call,
  CaseTool,
  ClientUse,
  ConformanceClient,
  Picture,
  Place,
  StreamedAnswer,
  StreamedCalls,
  TextAnswer,
  ThoughtfulAnswer,
  ToolRound,
} from './client.ts';
import { failureOf } from './failure-of.ts';

/** What both kinds of message tell of an answer. */
interface AnswerFields {
  readonly text: string;
  readonly response_metadata: { readonly finish_reason?: string; readonly status?: string };
  readonly usage_metadata?: { readonly total_tokens: number } | undefined;
}

/** What LangChain's OpenAI class is the same in with both of OpenAI's interfaces. It passes on the errors of `openai`. */
export const langChainClient = {
  structuredBy: 'schema',
  isAuthenticationError: (error) => error instanceof OpenAI.AuthenticationError,
  isNotFoundError: (error) => error instanceof OpenAI.NotFoundError,
  isAbortError: (error) => error instanceof Error && error.name === 'AbortError',
} as const satisfies Partial<ConformanceClient>;

/** LangChain's OpenAI class. */
export class LangChainUse implements ClientUse {
  readonly #fields: ChatOpenAIFields;
  readonly #model: ChatOpenAI;

  constructor({ url, key, model }: Place, fields: ChatOpenAIFields) {
    this.#fields = { model, apiKey: key, configuration: { baseURL: `${url}/v1` }, ...fields };
    this.#model = new ChatOpenAI(this.#fields);
  }

  readonly thinking = async (prompt: string): Promise<ThoughtfulAnswer> => {
    // Its own switch is left out of requests to models that it does not know; the suffix of the name is not.
    const message = await new ChatOpenAI({ ...this.#fields, model: `${this.#fields.model}-thinking` }).invoke(prompt);
    const blocks = message.contentBlocks.flatMap((block) => (block.type === 'reasoning' ? [block.reasoning] : []));
    return { ...answerOf(message), thoughts: String(message.additional_kwargs.reasoning_content ?? blocks.join('\n')) };
  };

  async text(prompt: string): Promise<TextAnswer> {
    return answerOf(await this.#model.invoke(prompt));
  }

  async stream(prompt: string): Promise<StreamedAnswer> {
    const chunks = await Array.fromAsync(await this.#model.stream(prompt));
    const pieces = chunks.map(({ text }) => text).filter((text) => text !== '');
    return { ...answerOf(joined(chunks)), pieces };
  }

  async tools(prompt: string, tool: CaseTool): Promise<ToolRound> {
    const model = this.#model.bindTools([toolOf(tool)]);
    const question = new HumanMessage(prompt);
    const first = await model.invoke([question]);
    const calls = callsOf(first);
    const results = calls.map(({ id, input }) => new ToolMessage({ tool_call_id: id ?? '', content: tool.run(input) }));
    const second = await model.invoke([question, first, ...results]);
    const { text, finish } = answerOf(second);
    return { calls, text, finishes: [answerOf(first).finish, finish] };
  }

  async streamedTools(prompt: string, tool: CaseTool): Promise<StreamedCalls> {
    const chunks = await Array.fromAsync(await this.#model.bindTools([toolOf(tool)]).stream(prompt));
    const pieces = chunks.flatMap((chunk) => (chunk.tool_call_chunks ?? []).map(({ args }) => args ?? ''));
    const message = joined(chunks);
    const { text, finish } = answerOf(message);
    return { text, finish, calls: callsOf(message), pieces: pieces.filter((piece) => piece !== '') };
  }

  async image(prompt: string, { mediaType, base64 }: Picture): Promise<TextAnswer> {
    const picture = { type: 'image_url', image_url: { url: `data:${mediaType};base64,${base64}` } };
    const content = [{ type: 'text', text: prompt }, picture];
    return answerOf(await this.#model.invoke([new HumanMessage({ content })]));
  }

  async structured(prompt: string, schema: Readonly<Record<string, unknown>>): Promise<unknown> {
    return this.#model.withStructuredOutput({ ...schema }, { name: 'place' }).invoke(prompt);
  }

  async abort(prompt: string): Promise<unknown> {
    const leaving = new AbortController();
    const stream = await this.#model.stream(prompt, { signal: leaving.signal });
    return failureOf(
      Array.fromAsync(stream, ({ text }) => {
        if (text !== '') leaving.abort();
      }),
    );
  }
}

function toolOf({ name, description, parameters }: CaseTool) {
  return { type: 'function' as const, function: { name, description, parameters: { ...parameters } } };
}

function joined(chunks: readonly AIMessageChunk[]): AIMessageChunk {
  return chunks.reduce((whole, chunk) => whole.concat(chunk));
}

function callsOf({ tool_calls = [] }: AIMessage | AIMessageChunk): readonly Call[] {
  return tool_calls.map(({ id, name, args }) => ({ id, name, input: args }));
}

function answerOf({ text, response_metadata: metadata, usage_metadata: usage }: AnswerFields): TextAnswer {
  return { text, finish: metadata.finish_reason ?? metadata.status, totalTokens: usage?.total_tokens };
}
