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

type Response = OpenAI.Responses.Response;
type Input = OpenAI.Responses.ResponseInput;

/** The official client, responses. An answer that calls tools is as complete as any other. */
export const openAiResponses: ConformanceClient = {
  name: 'openai responses',
  finish: { stop: 'completed', tools: 'completed' },
  structuredBy: 'schema',
  connect: ({ url, key, model }) => new OpenAiResponsesUse(new OpenAI({ baseURL: `${url}/v1`, apiKey: key }), model),
  isAuthenticationError: (error) => error instanceof OpenAI.AuthenticationError,
  isNotFoundError: (error) => error instanceof OpenAI.NotFoundError,
  isAbortError: (error) => error instanceof OpenAI.APIUserAbortError,
};

class OpenAiResponsesUse implements ClientUse {
  readonly #openai: OpenAI;
  readonly #model: string;

  constructor(openai: OpenAI, model: string) {
    this.#openai = openai;
    this.#model = model;
  }

  readonly thinking = async (prompt: string): Promise<ThoughtfulAnswer> => {
    const reasoning = { effort: 'high' as const, summary: 'auto' as const };
    const response = await this.#openai.responses.create({ model: this.#model, input: prompt, reasoning });
    const thoughts = response.output.flatMap((item) =>
      item.type === 'reasoning' ? item.summary.map(({ text }) => text) : [],
    );
    return { ...answerOf(response), thoughts: thoughts.join('\n') };
  };

  async text(prompt: string): Promise<TextAnswer> {
    return answerOf(await this.#openai.responses.create({ model: this.#model, input: prompt }));
  }

  async stream(prompt: string): Promise<StreamedAnswer> {
    const stream = this.#openai.responses.stream({ model: this.#model, input: prompt });
    const pieces: string[] = [];
    stream.on('response.output_text.delta', ({ delta }) => pieces.push(delta));
    return { ...answerOf(await stream.finalResponse()), pieces };
  }

  async tools(prompt: string, tool: CaseTool): Promise<ToolRound> {
    const fixed = { model: this.#model, tools: [toolOf(tool)], store: false };
    const question = { role: 'user' as const, content: prompt };
    const first = await this.#openai.responses.create({ ...fixed, input: [question] });
    const calls = callsOf(first);
    const results = calls.map(({ id, input }) => ({
      type: 'function_call_output' as const,
      call_id: id ?? '',
      output: tool.run(input),
    }));
    const input: Input = [question, ...first.output.filter(isSentBack), ...results];
    const second = await this.#openai.responses.create({ ...fixed, input });
    return { calls, text: second.output_text, finishes: [first.status, second.status] };
  }

  async streamedTools(prompt: string, tool: CaseTool): Promise<StreamedCalls> {
    const stream = this.#openai.responses.stream({ model: this.#model, input: prompt, tools: [toolOf(tool)] });
    const pieces: string[] = [];
    stream.on('response.function_call_arguments.delta', ({ delta }) => pieces.push(delta));
    const response = await stream.finalResponse();
    return { text: response.output_text, finish: response.status, calls: callsOf(response), pieces };
  }

  async image(prompt: string, { mediaType, base64 }: Picture): Promise<TextAnswer> {
    const picture = {
      type: 'input_image' as const,
      image_url: `data:${mediaType};base64,${base64}`,
      detail: 'auto' as const,
    };
    const input: Input = [{ role: 'user', content: [{ type: 'input_text', text: prompt }, picture] }];
    return answerOf(await this.#openai.responses.create({ model: this.#model, input }));
  }

  async structured(prompt: string, schema: Readonly<Record<string, unknown>>): Promise<unknown> {
    const format = { type: 'json_schema' as const, name: 'place', schema: { ...schema }, strict: true };
    const response = await this.#openai.responses.parse({ model: this.#model, input: prompt, text: { format } });
    return response.output_parsed ?? JSON.parse(response.output_text);
  }

  async abort(prompt: string): Promise<unknown> {
    const stream = this.#openai.responses.stream({ model: this.#model, input: prompt });
    stream.on('response.output_text.delta', () => stream.abort());
    return failureOf(stream.finalResponse());
  }
}

/** Of the items that an answer of the gateway can have; the package's types allow more. */
function isSentBack(item: OpenAI.Responses.ResponseOutputItem) {
  return item.type === 'function_call' || item.type === 'reasoning' || item.type === 'message';
}

function toolOf({ name, description, parameters }: CaseTool): OpenAI.Responses.FunctionTool {
  return { type: 'function', name, description, parameters: { ...parameters }, strict: false };
}

function callsOf({ output }: Pick<Response, 'output'>): readonly Call[] {
  return output.flatMap((item) =>
    item.type === 'function_call' ? [{ id: item.call_id, name: item.name, input: JSON.parse(item.arguments) }] : [],
  );
}

function answerOf({ output_text, status, usage }: Response): TextAnswer {
  return { text: output_text, finish: status, totalTokens: usage?.total_tokens };
}
