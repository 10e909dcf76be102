const words = 'Work step by step, read before you write, and say what you did in a few plain sentences. ';

/** A text of about so many characters. */
function prose(length: number): string {
  return words.repeat(Math.ceil(length / words.length)).slice(0, length);
}

function tool(name: string, descriptionLength: number, fieldCount: number, more: object = {}) {
  const fields = Array.from({ length: fieldCount }, (_, index) => [
    `field_${index}`,
    index % 3 === 0
      ? { type: 'string', description: prose(80), enum: ['one', 'two'] }
      : { type: index % 3 === 1 ? 'number' : 'array', items: { type: 'string' }, description: prose(120) },
  ]);
  const input_schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: Object.fromEntries(fields),
    required: ['field_0'],
    additionalProperties: false,
  };
  return { name, description: prose(descriptionLength), input_schema, ...more };
}

/**
 * A coding agent's request in the middle of its work, of the size and shape that Claude Code's have: twelve tools, some
 * 17 kB of instructions in three places, and a loaded tool.
 */
export function claudeCodeRequest() {
  return {
    model: 'qwen3.7-plus',
    max_tokens: 32_000,
    stream: true,
    system: [
      { type: 'text', text: 'x-anthropic-billing-header: cc_version=9.9.9; cc_entrypoint=test;' },
      { type: 'text', text: 'You help with programs.', cache_control: { type: 'ephemeral' } },
      { type: 'text', text: prose(7000), cache_control: { type: 'ephemeral' } },
    ],
    thinking: { type: 'adaptive', display: 'omitted', budget_tokens: 4096 },
    output_config: { effort: 'high', format: { type: 'json_schema', schema: { type: 'object' } } },
    metadata: { user_id: '{"session":"1"}' },
    context_management: { edits: [{ type: 'clear_thinking_20251015', keep: 'all' }] },
    stop_sequences: ['NEVER-WRITTEN'],
    tool_choice: { type: 'auto', disable_parallel_tool_use: false },
    tools: [
      ...Array.from({ length: 10 }, (_, index) => tool(`Tool${index}`, 400 * index, 2 + index)),
      tool('Loaded', 600, 5, { defer_loading: true }),
      tool('DeferredToolPlaceholder', 80, 0, { defer_loading: true }),
    ],
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: `<reminder>${prose(560)}</reminder>` },
          { type: 'image', source: { type: 'url', url: 'https://cdn.qwenlm.ai/a.png' } },
          { type: 'document', title: 'Notes', source: { type: 'text', media_type: 'text/plain', data: 'Some notes.' } },
          { type: 'text', text: 'repeat: ready' },
        ],
      },
      { role: 'system', content: [{ type: 'text', text: prose(9000), cache_control: { type: 'ephemeral' } }] },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'I need the tool.', signature: 'abc' },
          { type: 'text', text: 'One moment.' },
          { type: 'tool_use', id: 'toolu_1', name: 'Tool1', input: { field_0: 'one' } },
        ],
      },
      {
        role: 'user',
        content: [
          {
            type: 'tool_result',
            tool_use_id: 'toolu_1',
            is_error: false,
            content: [{ type: 'tool_reference', tool_name: 'Loaded' }],
          },
          { type: 'text', text: 'repeat: ready' },
        ],
      },
    ],
  };
}
