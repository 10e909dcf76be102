import { type Conversing, conversingModel, type ReadCall } from './conversing.ts';

interface Item {
  readonly type: string;
  readonly call_id: string;
  readonly name: string;
  readonly arguments: string;
  readonly content: readonly { readonly text: string }[];
}

/** As Codex keeps a conversation: nothing is stored, all items are sent again. */
export const responsesConversing: Conversing = {
  path: '/v1/responses',
  body: ({ system, history, tools }) => ({
    model: conversingModel,
    store: false,
    input: history,
    ...(system !== undefined && { instructions: system }),
    ...(tools && { tools: tools.map((tool) => ({ type: 'function', ...tool })) }),
  }),
  user: (text) => [{ type: 'message', role: 'user', content: [{ type: 'input_text', text }] }],
  madeUp: (text) => [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }],
  results: (results) =>
    results.map(({ call, text }) => ({ type: 'function_call_output', call_id: call.id, output: text })),
  read(body) {
    const items: readonly Item[] = JSON.parse(body).output;
    const calls = items
      .filter(({ type }) => type === 'function_call')
      .map((item): ReadCall => ({ id: item.call_id, name: item.name, input: JSON.parse(item.arguments) }));
    const words = items.filter(({ type }) => type === 'message').flatMap(({ content }) => content);
    return { text: words.map(({ text }) => text).join(''), calls, items };
  },
};
