import { type Conversing, conversingModel, type ReadCall } from './conversing.ts';

/** As `openai` and the agents on it keep a conversation. */
export const openAiConversing: Conversing = {
  path: '/v1/chat/completions',
  body: ({ system, history, tools }) => ({
    model: conversingModel,
    messages: [...(system === undefined ? [] : [{ role: 'system', content: system }]), ...history],
    ...(tools && { tools: tools.map((tool) => ({ type: 'function', function: tool })) }),
  }),
  user: (content) => [{ role: 'user', content }],
  madeUp: (content) => [{ role: 'assistant', content }],
  results: (results) => results.map(({ call, text }) => ({ role: 'tool', tool_call_id: call.id, content: text })),
  read(body) {
    const { message } = JSON.parse(body).choices[0];
    const { role, content, tool_calls: toolCalls = [] } = message;
    const calls = toolCalls.map(
      (call: { id: string; function: { name: string; arguments: string } }): ReadCall => ({
        id: call.id,
        name: call.function.name,
        input: JSON.parse(call.function.arguments),
      }),
    );
    const sentBack = { role, content, ...(toolCalls.length > 0 && { tool_calls: toolCalls }) };
    return { text: content ?? '', calls, items: [sentBack] };
  },
};
