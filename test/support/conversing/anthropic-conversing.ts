import { type Conversing, conversingModel, type ReadCall } from './conversing.ts';

interface Block {
  readonly type: string;
  readonly text: string;
  readonly id: string;
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** As Claude Code keeps a conversation. */
export const anthropicConversing: Conversing = {
  path: '/v1/messages',
  body: ({ system, history, tools }) => ({
    model: conversingModel,
    max_tokens: 8192,
    messages: history,
    ...(system !== undefined && { system }),
    ...(tools && { tools: tools.map(({ name, parameters }) => ({ name, input_schema: parameters })) }),
  }),
  user: (content) => [{ role: 'user', content }],
  madeUp: (content) => [{ role: 'assistant', content }],
  results: (results) => [
    {
      role: 'user',
      content: results.map(({ call, text }) => ({ type: 'tool_result', tool_use_id: call.id, content: text })),
    },
  ],
  read(body) {
    const content: readonly Block[] = JSON.parse(body).content;
    const calls = content
      .filter(({ type }) => type === 'tool_use')
      .map(({ id, name, input }): ReadCall => ({ id, name, input }));
    const text = content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('');
    return { text, calls, items: [{ role: 'assistant', content }] };
  },
};
