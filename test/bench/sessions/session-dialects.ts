/** One step of an agent: what it says, and the tool that it calls. */
export interface Step {
  readonly words: string;
  readonly callId: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly result: string;
}

/** What a session begins with. */
export interface Opening {
  readonly system: string;
  readonly task: string;
  readonly tools: readonly { readonly name: string; readonly description: string; readonly parameters: object }[];
}

/** How an agent of one dialect sends a session: all of it, with every step. */
export interface SessionDialect {
  readonly name: string;
  readonly path: string;
  body(opening: Opening, steps: readonly Step[]): object;
}

const model = 'qwen3.7-plus';
const tool = 'edit_file';

const openAi: SessionDialect = {
  name: 'chat completions',
  path: '/v1/chat/completions',
  body: ({ system, task, tools }, steps) => ({
    model,
    stream: true,
    tools: tools.map((declared) => ({ type: 'function', function: declared })),
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: task },
      ...steps.flatMap(({ words, callId, input, result }) => [
        {
          role: 'assistant',
          content: words,
          tool_calls: [{ id: callId, type: 'function', function: { name: tool, arguments: JSON.stringify(input) } }],
        },
        { role: 'tool', tool_call_id: callId, content: result },
      ]),
    ],
  }),
};

const anthropic: SessionDialect = {
  name: 'messages',
  path: '/v1/messages',
  body: ({ system, task, tools }, steps) => ({
    model,
    stream: true,
    max_tokens: 32_000,
    system,
    tools: tools.map(({ name, description, parameters }) => ({ name, description, input_schema: parameters })),
    messages: [
      { role: 'user', content: task },
      ...steps.flatMap(({ words, callId, input, result }) => [
        {
          role: 'assistant',
          content: [
            { type: 'text', text: words },
            { type: 'tool_use', id: callId, name: tool, input },
          ],
        },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: callId, content: result }] },
      ]),
    ],
  }),
};

const gemini: SessionDialect = {
  name: 'Gemini',
  path: `/v1beta/models/${model}:streamGenerateContent?alt=sse`,
  body: ({ system, task, tools }, steps) => ({
    systemInstruction: { parts: [{ text: system }] },
    tools: [
      {
        functionDeclarations: tools.map(({ name, description, parameters }) => ({
          name,
          description,
          parametersJsonSchema: parameters,
        })),
      },
    ],
    contents: [
      { role: 'user', parts: [{ text: task }] },
      ...steps.flatMap(({ words, input, result }) => [
        { role: 'model', parts: [{ text: words }, { functionCall: { name: tool, args: input } }] },
        { role: 'user', parts: [{ functionResponse: { name: tool, response: { output: result } } }] },
      ]),
    ],
  }),
};

export const sessionDialects: readonly SessionDialect[] = [openAi, anthropic, gemini];

/** What the model writes for a step; the call's id is the gateway's. */
export function writtenStep({ words, input }: Pick<Step, 'words' | 'input'>): string {
  return `${words}\n\n[tool_call]\n${JSON.stringify({ name: tool, arguments: input })}\n[/tool_call]`;
}
