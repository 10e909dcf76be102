import Anthropic from '@anthropic-ai/sdk';
import { jsonSchemaOutputFormat } from '@anthropic-ai/sdk/helpers/json-schema';
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

type Asked = Omit<Anthropic.MessageCreateParamsNonStreaming, 'model' | 'max_tokens'>;

/** The official client, messages. */
export const anthropicSdk: ConformanceClient = {
  name: '@anthropic-ai/sdk',
  finish: { stop: 'end_turn', tools: 'tool_use' },
  structuredBy: 'schema',
  connect: ({ url, key, model }) => new AnthropicUse(new Anthropic({ baseURL: url, apiKey: key }), model),
  isAuthenticationError: (error) => error instanceof Anthropic.AuthenticationError,
  isNotFoundError: (error) => error instanceof Anthropic.NotFoundError,
  isAbortError: (error) => error instanceof Anthropic.APIUserAbortError,
};

class AnthropicUse implements ClientUse {
  readonly #anthropic: Anthropic;
  readonly #fixed: { readonly model: string; readonly max_tokens: number };

  constructor(anthropic: Anthropic, model: string) {
    this.#anthropic = anthropic;
    this.#fixed = { model, max_tokens: 4000 };
  }

  readonly thinking = async (prompt: string): Promise<ThoughtfulAnswer> => {
    const message = await this.#create({
      messages: [user(prompt)],
      thinking: { type: 'enabled', budget_tokens: 2000 },
    });
    const thoughts = message.content.flatMap((block) => (block.type === 'thinking' ? [block.thinking] : []));
    return { ...answerOf(message), thoughts: thoughts.join('\n') };
  };

  async text(prompt: string): Promise<TextAnswer> {
    return answerOf(await this.#create({ messages: [user(prompt)] }));
  }

  async stream(prompt: string): Promise<StreamedAnswer> {
    const stream = this.#anthropic.messages.stream({ ...this.#fixed, messages: [user(prompt)] });
    const pieces: string[] = [];
    stream.on('text', (piece) => pieces.push(piece));
    return { ...answerOf(await stream.finalMessage()), pieces };
  }

  async tools(prompt: string, tool: CaseTool): Promise<ToolRound> {
    const tools = [toolOf(tool)];
    const first = await this.#create({ tools, messages: [user(prompt)] });
    const calls = callsOf(first);
    const results = calls.map(({ id, input }) => ({
      type: 'tool_result' as const,
      tool_use_id: id ?? '',
      content: tool.run(input),
    }));
    const second = await this.#create({
      tools,
      messages: [user(prompt), { role: 'assistant', content: first.content }, { role: 'user', content: results }],
    });
    const { text, finish } = answerOf(second);
    return { calls, text, finishes: [answerOf(first).finish, finish] };
  }

  async streamedTools(prompt: string, tool: CaseTool): Promise<StreamedCalls> {
    const stream = this.#anthropic.messages.stream({
      ...this.#fixed,
      messages: [user(prompt)],
      tools: [toolOf(tool)],
    });
    const pieces: string[] = [];
    stream.on('inputJson', (piece) => pieces.push(piece));
    const message = await stream.finalMessage();
    const { text, finish } = answerOf(message);
    return { text, finish, calls: callsOf(message), pieces: pieces.filter((piece) => piece !== '') };
  }

  async image(prompt: string, { mediaType, base64 }: Picture): Promise<TextAnswer> {
    const source = { type: 'base64' as const, media_type: mediaType, data: base64 };
    const content = [
      { type: 'image' as const, source },
      { type: 'text' as const, text: prompt },
    ];
    return answerOf(await this.#create({ messages: [{ role: 'user', content }] }));
  }

  async structured(prompt: string, schema: Readonly<Record<string, unknown>>): Promise<unknown> {
    const format = jsonSchemaOutputFormat({ ...schema, type: 'object' });
    const message = await this.#anthropic.messages.parse({
      ...this.#fixed,
      messages: [user(prompt)],
      output_config: { format },
    });
    return message.parsed_output;
  }

  async abort(prompt: string): Promise<unknown> {
    const stream = this.#anthropic.messages.stream({ ...this.#fixed, messages: [user(prompt)] });
    stream.on('text', () => stream.abort());
    return failureOf(stream.finalMessage());
  }

  #create(asked: Asked): Promise<Anthropic.Message> {
    return this.#anthropic.messages.create({ ...this.#fixed, ...asked });
  }
}

const user = (content: string) => ({ role: 'user' as const, content });

function toolOf({ name, description, parameters }: CaseTool): Anthropic.Tool {
  return { name, description, input_schema: { ...parameters } };
}

function callsOf({ content }: Anthropic.Message): readonly Call[] {
  return content.flatMap((block) =>
    block.type === 'tool_use' ? [{ id: block.id, name: block.name, input: block.input }] : [],
  );
}

function answerOf({ content, stop_reason, usage }: Anthropic.Message): TextAnswer {
  const text = content.map((block) => (block.type === 'text' ? block.text : '')).join('');
  return { text, finish: stop_reason ?? undefined, totalTokens: usage.input_tokens + usage.output_tokens };
}
