import OpenAI from 'openai';
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

type Message = OpenAI.ChatCompletionMessageParam;
type Completion = OpenAI.ChatCompletion;

/** The official client, chat completions. */
export const openAiChat: ConformanceClient = {
  name: 'openai chat',
  finish: { stop: 'stop', tools: 'tool_calls' },
  structuredBy: 'schema',
  connect: ({ url, key, model }) => new OpenAiChatUse(new OpenAI({ baseURL: `${url}/v1`, apiKey: key }), model),
  isAuthenticationError: (error) => error instanceof OpenAI.AuthenticationError,
  isNotFoundError: (error) => error instanceof OpenAI.NotFoundError,
  isAbortError: (error) => error instanceof OpenAI.APIUserAbortError,
};

class OpenAiChatUse implements ClientUse {
  readonly #openai: OpenAI;
  readonly #model: string;

  constructor(openai: OpenAI, model: string) {
    this.#openai = openai;
    this.#model = model;
  }

  readonly thinking = async (prompt: string): Promise<ThoughtfulAnswer> => {
    const completion = await this.#create([user(prompt)], { reasoning_effort: 'high' });
    // The package has no type for what most clients of other vendors read.
    const thoughts: unknown = Reflect.get(completion.choices[0]?.message ?? {}, 'reasoning_content');
    return { ...answerOf(completion), thoughts: String(thoughts) };
  };

  async text(prompt: string): Promise<TextAnswer> {
    return answerOf(await this.#create([user(prompt)]));
  }

  async stream(prompt: string): Promise<StreamedAnswer> {
    const stream = this.#openai.chat.completions.stream({
      model: this.#model,
      messages: [user(prompt)],
      stream_options: { include_usage: true },
    });
    const pieces: string[] = [];
    stream.on('content', (piece) => pieces.push(piece));
    return { ...answerOf(await stream.finalChatCompletion()), pieces };
  }

  async tools(prompt: string, tool: CaseTool): Promise<ToolRound> {
    const tools = [toolOf(tool)];
    const first = await this.#create([user(prompt)], { tools });
    const [choice] = first.choices;
    if (choice === undefined) throw new Error('no choice');
    const calls = callsOf(first);
    const results = calls.map(({ id, input }) => ({
      role: 'tool' as const,
      tool_call_id: id ?? '',
      content: tool.run(input),
    }));
    const second = await this.#create([user(prompt), choice.message, ...results], { tools });
    const { text, finish } = answerOf(second);
    return { calls, text, finishes: [choice.finish_reason, finish] };
  }

  async streamedTools(prompt: string, tool: CaseTool): Promise<StreamedCalls> {
    const stream = this.#openai.chat.completions.stream({
      model: this.#model,
      messages: [user(prompt)],
      tools: [toolOf(tool)],
    });
    const pieces: string[] = [];
    stream.on('tool_calls.function.arguments.delta', ({ arguments_delta: piece }) => pieces.push(piece));
    const completion = await stream.finalChatCompletion();
    const { text, finish } = answerOf(completion);
    return { text, finish, calls: callsOf(completion), pieces: pieces.filter((piece) => piece !== '') };
  }

  async image(prompt: string, { mediaType, base64 }: Picture): Promise<TextAnswer> {
    const image = { type: 'image_url' as const, image_url: { url: `data:${mediaType};base64,${base64}` } };
    return answerOf(await this.#create([{ role: 'user', content: [{ type: 'text', text: prompt }, image] }]));
  }

  async structured(prompt: string, schema: Readonly<Record<string, unknown>>): Promise<unknown> {
    const completion = await this.#openai.chat.completions.parse({
      model: this.#model,
      messages: [user(prompt)],
      response_format: { type: 'json_schema', json_schema: { name: 'place', schema: { ...schema }, strict: true } },
    });
    return completion.choices[0]?.message.parsed ?? JSON.parse(completion.choices[0]?.message.content ?? '');
  }

  async abort(prompt: string): Promise<unknown> {
    const stream = this.#openai.chat.completions.stream({ model: this.#model, messages: [user(prompt)] });
    stream.on('content', () => stream.abort());
    return failureOf(stream.finalChatCompletion());
  }

  #create(messages: Message[], more: Partial<OpenAI.ChatCompletionCreateParamsNonStreaming> = {}): Promise<Completion> {
    return this.#openai.chat.completions.create({ model: this.#model, messages, ...more });
  }
}

const user = (content: string) => ({ role: 'user' as const, content });

function toolOf({ name, description, parameters }: CaseTool): OpenAI.ChatCompletionFunctionTool {
  return { type: 'function', function: { name, description, parameters: { ...parameters } } };
}

function callsOf({ choices }: Completion): readonly Call[] {
  return (choices[0]?.message.tool_calls ?? []).flatMap((call) =>
    call.type === 'function'
      ? [{ id: call.id, name: call.function.name, input: JSON.parse(call.function.arguments) }]
      : [],
  );
}

function answerOf({ choices, usage }: Completion): TextAnswer {
  const [choice] = choices;
  return { text: choice?.message.content ?? '', finish: choice?.finish_reason, totalTokens: usage?.total_tokens };
}
