import type { ContractCall } from './world.ts';

const model = 'qwen3.7-plus';
const tool = {
  description: 'Tells the weather.',
  parameters: { type: 'object', properties: { city: { type: 'string' } } },
};

/** What can be asked of any chat, in the terms of none. */
export interface Asked {
  readonly text: string;
  readonly stream?: boolean;
  readonly model?: string;
  /** An id of `/v1/files`. */
  readonly fileId?: string;
  /** An address, or a data URI. */
  readonly image?: string;
  /** Demands a call of a tool. */
  readonly tool?: true;
  /** Demands JSON with a field that nobody fills. */
  readonly json?: true;
  readonly thinking?: true;
  readonly maxTokens?: number;
  /** A field that the dialect knows and can't honour. */
  readonly unsupported?: true;
}

/** How one chat route is asked. */
export type AskChat = (asked: Asked) => ContractCall;

const schema = { type: 'object', properties: { answer: { type: 'integer' } }, required: ['answer'] };

const openAiFields = ({ stream, tool: wantsTool, json, thinking, maxTokens, unsupported }: Asked) => ({
  ...(stream && { stream, stream_options: { include_usage: true } }),
  ...(wantsTool && { tools: [{ type: 'function', function: { name: 'weather', ...tool } }], tool_choice: 'required' }),
  ...(json && { response_format: { type: 'json_schema', json_schema: { name: 'answer', schema } } }),
  ...(thinking && { enable_thinking: true }),
  ...(maxTokens && { max_tokens: maxTokens }),
  ...(unsupported && { n: 2 }),
});

const openAiContent = ({ text, fileId, image }: Asked) => {
  if (fileId !== undefined)
    return [
      { type: 'text', text },
      { type: 'file', file: { file_id: fileId } },
    ];
  if (image !== undefined)
    return [
      { type: 'text', text },
      { type: 'image_url', image_url: { url: image } },
    ];
  return text;
};

const completions: AskChat = (asked) => ({
  body: {
    model: asked.model ?? model,
    messages: [{ role: 'user', content: openAiContent(asked) }],
    ...openAiFields(asked),
  },
});

const native: AskChat = (asked) => ({
  body: { model: asked.model ?? model, message: openAiContent(asked), ...openAiFields(asked) },
});

const messages: AskChat = (asked) => {
  const { text, stream, fileId, image, tool: wantsTool, json, thinking, maxTokens = 1000, unsupported } = asked;
  const content = [
    { type: 'text', text },
    ...(fileId === undefined ? [] : [{ type: 'document', source: { type: 'file', file_id: fileId } }]),
    ...(image === undefined ? [] : [{ type: 'image', source: { type: 'url', url: image } }]),
  ];
  return {
    body: {
      model: asked.model ?? model,
      max_tokens: maxTokens,
      stream,
      messages: [{ role: 'user', content }],
      ...(wantsTool && {
        tools: [{ name: 'weather', description: tool.description, input_schema: tool.parameters }],
        tool_choice: { type: 'any' },
      }),
      ...(json && { output_config: { format: { type: 'json_schema', schema } } }),
      ...(thinking && { thinking: { type: 'enabled', budget_tokens: 1024 } }),
      ...(unsupported && { thread: { id: 'one' } }),
    },
  };
};

const responses: AskChat = (asked) => {
  const { text, stream, fileId, image, tool: wantsTool, json, thinking, maxTokens, unsupported } = asked;
  const content = [
    { type: 'input_text', text },
    ...(fileId === undefined ? [] : [{ type: 'input_file', file_id: fileId }]),
    ...(image === undefined ? [] : [{ type: 'input_image', image_url: image }]),
  ];
  return {
    body: {
      model: asked.model ?? model,
      stream,
      input: [{ role: 'user', content }],
      ...(wantsTool && { tools: [{ type: 'function', name: 'weather', ...tool }], tool_choice: 'required' }),
      ...(json && { text: { format: { type: 'json_schema', name: 'answer', schema } } }),
      ...(thinking && { enable_thinking: true, reasoning: { summary: 'auto' } }),
      ...(maxTokens && { max_output_tokens: maxTokens }),
      ...(unsupported && { prompt: { id: 'pmpt_1' } }),
    },
  };
};

const gemini: AskChat = (asked) => {
  const { text, stream, fileId, image, tool: wantsTool, json, thinking, maxTokens, unsupported } = asked;
  const parts = [
    { text },
    ...(fileId === undefined ? [] : [{ fileData: { mimeType: 'text/plain', fileUri: `files/${fileId}` } }]),
    ...(image === undefined ? [] : [{ inlineData: { mimeType: 'image/png', data: image.replace(/^.*,/, '') } }]),
  ];
  const tools = [{ functionDeclarations: [{ name: 'weather', ...tool }] }];
  return {
    path: { model: asked.model ?? model },
    ...(stream && { query: '?alt=sse' }),
    body: {
      contents: [{ role: 'user', parts }],
      ...(wantsTool && { tools, toolConfig: { functionCallingConfig: { mode: 'ANY' } } }),
      generationConfig: {
        ...(json && { responseMimeType: 'application/json', responseJsonSchema: schema }),
        ...(thinking && { thinkingConfig: { includeThoughts: true, thinkingBudget: 1024 } }),
        ...(maxTokens && { maxOutputTokens: maxTokens }),
        ...(unsupported && { candidateCount: 2 }),
      },
    },
  };
};

/** Every chat route. */
export const chatAsks: Readonly<Record<string, AskChat>> = {
  'POST /v1/chat/completions': completions,
  'POST /v1/messages': messages,
  'POST /v1/responses': responses,
  'POST /v1beta/models/{model}:generateContent': gemini,
  'POST /v1/models/{model}:generateContent': gemini,
  'POST /v1beta/models/{model}:streamGenerateContent': gemini,
  'POST /v1/models/{model}:streamGenerateContent': gemini,
  'POST /api/chat': native,
  'POST /api/chat/completions': native,
};

/** Every route that asks the upstream in an account's name, with something that it would answer well. */
export const errands: Readonly<Record<string, ContractCall>> = {
  ...Object.fromEntries(Object.entries(chatAsks).map(([key, ask]) => [key, ask({ text: 'repeat: hello' })])),
  'POST /v1/images/generations': { body: { prompt: 'A boat' } },
  'POST /api/chats': { body: { name: 'Boats' } },
  'POST /api/files/sign': { body: { filename: 'photo.png', size: 70, type: 'image/png' } },
  'POST /api/files/getstsToken': { body: { filename: 'photo.png', filesize: 70, filetype: 'image' } },
};
