/** Prose of a given length. */
function prose(length: number): string {
  const sentence = 'You work in a folder of the owner, read before you write, and say in one line what you did. ';
  return sentence.repeat(Math.ceil(length / sentence.length)).slice(0, length);
}

/** A schema of an object with this many described properties. */
function parameters(properties: number): object {
  const entries = Array.from({ length: properties }, (_, index) => [
    `field_${index}`,
    { type: index % 2 === 0 ? 'string' : 'number', description: prose(90) },
  ]);
  return {
    type: 'object',
    properties: Object.fromEntries(entries),
    required: ['field_0'],
    additionalProperties: false,
  };
}

const functionTool = (name: string, length: number, properties: number) => ({
  type: 'function',
  name,
  description: prose(length),
  strict: false,
  parameters: parameters(properties),
});

const message = (role: string, ...texts: readonly string[]) => ({
  type: 'message',
  id: `msg_01a1fbe2-${role}-7680-980c-0674aa8b1e31`,
  role,
  content: texts.map((text) => ({ type: 'input_text', text })),
});

const session = '01a1fbe2-6431-7763-8cbe-f11542f17a25';

const common = {
  stream: true,
  tool_choice: 'auto',
  reasoning: { summary: 'auto' },
  store: false,
  include: ['reasoning.encrypted_content'],
  prompt_cache_key: session,
  client_metadata: { session_id: session, turn: JSON.stringify({ sandbox: 'none' }) },
};

/** What Codex sends for a model name that it does not know: 13 tools beside the input (clients §3). */
export const classicRequest = {
  ...common,
  model: 'qwen3-max',
  parallel_tool_calls: true,
  input: [
    message('developer', prose(17_000)),
    message('developer', prose(2_100), prose(360)),
    message('user', prose(340)),
    message('user', 'Write hello into a file.'),
    {
      type: 'function_call',
      status: 'completed',
      id: 'fc_6720af394fa121050cf1496f',
      name: 'exec_command',
      arguments: '{"field_0":"ls"}',
      call_id: 'call_024c66e1404a1c6fa6848d2f',
    },
    {
      type: 'function_call_output',
      id: 'fco_01a1fbe2-6907-7361-b79b-ceb6cb312af6',
      call_id: 'call_024c66e1404a1c6fa6848d2f',
      output: 'a.txt\n',
    },
  ],
  tools: [
    functionTool('exec_command', 80, 9),
    functionTool('write_stdin', 80, 4),
    functionTool('request_user_input', 120, 6),
    functionTool('view_image', 120, 1),
    {
      type: 'namespace',
      name: 'agents',
      description: prose(40),
      tools: [
        functionTool('close_agent', 300, 1),
        functionTool('resume_agent', 90, 1),
        functionTool('send_input', 215, 8),
        functionTool('spawn_agent', 5_000, 9),
        functionTool('wait_agent', 250, 2),
      ],
    },
    functionTool('get_goal', 120, 0),
    functionTool('create_goal', 265, 2),
    functionTool('update_goal', 1_500, 3),
    { type: 'web_search', external_web_access: true },
  ],
};

/** What it sends for a model name that it knows: no tools but in the first item, the main one takes free text. */
export const liteRequest = {
  ...common,
  model: 'qwen3-max',
  parallel_tool_calls: false,
  reasoning: { effort: 'low', context: 'all_turns' },
  input: [
    {
      type: 'additional_tools',
      id: 'at_01a1fbe6-b2c3-7392-ab79-4528c668cbde',
      role: 'developer',
      tools: [
        {
          type: 'namespace',
          name: 'functions',
          description: '',
          tools: [
            {
              type: 'custom',
              name: 'exec',
              description: prose(13_400),
              format: { type: 'grammar', syntax: 'lark', definition: 'start: LINE+\nLINE: /.+/' },
            },
            functionTool('wait', 770, 3),
            functionTool('request_user_input', 120, 6),
          ],
        },
        { type: 'namespace', name: 'clock', description: prose(40), tools: [functionTool('sleep', 140, 1)] },
        {
          type: 'namespace',
          name: 'collaboration',
          description: prose(40),
          tools: [functionTool('send_message', 110, 2), functionTool('spawn_agent', 1_800, 4)],
        },
      ],
    },
    message('developer', prose(21_700)),
    message('developer', prose(2_100), prose(360), prose(900)),
    message('user', prose(340)),
    message('user', 'Write hello into a file.'),
    { type: 'configuration_update', settings: { effort: 'low' } },
    { type: 'reasoning', id: 'rs_1', summary: [], content: null, encrypted_content: 'gAAAA' },
    { type: 'custom_tool_call', status: 'completed', call_id: 'call_1', name: 'exec', input: 'text("hi")' },
    { type: 'custom_tool_call_output', call_id: 'call_1', output: [{ type: 'input_text', text: 'hi' }] },
  ],
};
