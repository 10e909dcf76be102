import { type WireDialect, wire } from './dialects.ts';

/** A conversation in a form that surprises gateways, and that some client sends. */
export interface OddConversation {
  readonly dialect: WireDialect;
  readonly what: string;
  /** Fields of the body. The words hold FIRST-PART, SECOND-PART and THIRD-PART in order, and ask for "fine". */
  readonly conversation: object;
}

const weather = wire.chatCompletions.tools('get_weather');
const chatCall = (args: string, id = 'call_1') => ({
  tool_calls: [{ id, type: 'function', function: { name: 'get_weather', arguments: args } }],
});

const chat: readonly Omit<OddConversation, 'dialect'>[] = [
  {
    what: 'a developer speaks behind the user',
    conversation: {
      messages: [
        { role: 'developer', content: 'FIRST-PART' },
        { role: 'user', content: 'repeat: fine' },
        { role: 'developer', content: [{ type: 'text', text: 'SECOND-PART' }] },
        { role: 'system', content: 'THIRD-PART' },
      ],
    },
  },
  {
    what: 'content of calls is null or empty, and a result has parts',
    conversation: {
      ...weather,
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'FIRST-PART' }] },
        { role: 'assistant', content: null, ...chatCall('{"city":"SECOND-PART"}') },
        { role: 'tool', tool_call_id: 'call_1', content: [{ type: 'text', text: 'THIRD-PART' }] },
        { role: 'assistant', content: '', ...chatCall('{"city":"Rome"}', 'call_2') },
        { role: 'tool', tool_call_id: 'call_2', content: 'repeat: fine' },
      ],
    },
  },
  {
    what: 'calls of another program come back with defaults filled in, and a result has no call',
    conversation: {
      ...weather,
      messages: [
        { role: 'user', content: 'FIRST-PART' },
        { role: 'assistant', content: 'x', ...chatCall('{"city":"SECOND-PART","replace_all":false}', 'toolu_9') },
        { role: 'tool', tool_call_id: 'toolu_9', content: 'THIRD-PART' },
        { role: 'tool', tool_call_id: 'call_nobody_made', content: 'repeat: fine' },
      ],
    },
  },
];

const responses: readonly Omit<OddConversation, 'dialect'>[] = [
  {
    what: 'developers instead of instructions, and kinds of items that say nothing',
    conversation: {
      input: [
        { type: 'additional_tools', role: 'developer', tools: [{ type: 'namespace', name: 'n', tools: [] }] },
        { type: 'message', role: 'developer', content: [{ type: 'input_text', text: 'FIRST-PART' }] },
        { type: 'configuration_update', model: 'x' },
        { type: 'reasoning', id: 'rs_of_another', summary: [], encrypted_content: 'sealed elsewhere' },
        { role: 'developer', content: 'SECOND-PART' },
        { role: 'user', content: [{ type: 'input_text', text: 'repeat: fine' }] },
        { role: 'developer', content: 'THIRD-PART' },
      ],
    },
  },
  {
    what: 'results of custom tools as parts, with ids from elsewhere',
    conversation: {
      tools: [{ type: 'custom', name: 'exec', description: 'Runs a program.' }],
      input: [
        { role: 'user', content: 'FIRST-PART' },
        { type: 'custom_tool_call', id: 'ctc_elsewhere', call_id: 'call_7', name: 'exec', input: 'SECOND-PART' },
        { type: 'custom_tool_call_output', call_id: 'call_7', output: [{ type: 'input_text', text: 'THIRD-PART' }] },
        { role: 'user', content: 'repeat: fine' },
      ],
    },
  },
];

const anthropic: readonly Omit<OddConversation, 'dialect'>[] = [
  {
    what: 'the system speaks behind the user',
    conversation: {
      system: [{ type: 'text', text: 'FIRST-PART', cache_control: { type: 'ephemeral' } }],
      messages: [
        { role: 'user', content: 'SECOND-PART' },
        { role: 'assistant', content: 'x' },
        { role: 'user', content: [{ type: 'text', text: 'repeat: fine' }] },
        { role: 'system', content: 'THIRD-PART' },
      ],
    },
  },
  {
    what: 'a call comes back with a default filled in, and thinking that another program signed',
    conversation: {
      ...wire.anthropic.tools('get_weather'),
      messages: [
        { role: 'user', content: 'FIRST-PART' },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'hm', signature: 'of another' },
            { type: 'tool_use', id: 'call_3', name: 'get_weather', input: { city: 'SECOND-PART', replace_all: false } },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'call_3', content: [{ type: 'text', text: 'THIRD-PART' }] },
            { type: 'text', text: 'repeat: fine' },
          ],
        },
      ],
    },
  },
];

const gemini: readonly Omit<OddConversation, 'dialect'>[] = [
  {
    what: 'a call without an id and with a foreign signature, in both spellings of fields',
    conversation: {
      system_instruction: { parts: [{ text: 'FIRST-PART' }] },
      tools: [{ functionDeclarations: [{ name: 'get_weather', parameters: { type: 'OBJECT', properties: {} } }] }],
      contents: [
        { role: 'user', parts: [{ text: 'hi' }] },
        {
          role: 'model',
          parts: [
            {
              functionCall: { name: 'get_weather', args: { city: 'SECOND-PART' } },
              thoughtSignature: 'skip_thought_signature_validator',
            },
          ],
        },
        { role: 'user', parts: [{ functionResponse: { name: 'get_weather', response: { output: 'THIRD-PART' } } }] },
        { role: 'user', parts: [{ text: 'repeat: fine' }] },
      ],
    },
  },
];

const heldIn = (dialect: WireDialect, odd: readonly Omit<OddConversation, 'dialect'>[]): readonly OddConversation[] =>
  odd.map((conversation) => ({ dialect, ...conversation }));

export const oddConversations: readonly OddConversation[] = [
  ...heldIn(wire.chatCompletions, chat),
  ...heldIn(wire.responses, responses),
  ...heldIn(wire.anthropic, anthropic),
  ...heldIn(wire.gemini, gemini),
];
