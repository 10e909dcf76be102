import type { Turn, UserTurn } from './turn.ts';

/** What is set beside the words. */
export interface ChatOptions {
  model: string;
  system: string;
  thinking: 'auto' | 'on' | 'off';
  /** Tokens; no limit when empty. */
  thinkingBudget: number | '';
  search: boolean;
  /** A JSON list of functions; empty for none. */
  tools: string;
}

/** A function for those who want to see a call. */
export const sampleTools = JSON.stringify(
  [
    {
      type: 'function',
      function: {
        name: 'get_weather',
        description: 'Weather of a city, now',
        parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
      },
    },
  ],
  null,
  2,
);

/** @throws SyntaxError when the text is no JSON list. */
export function readTools(text: string): readonly unknown[] {
  if (text.trim() === '') return [];
  const read: unknown = JSON.parse(text);
  if (!Array.isArray(read)) throw new SyntaxError('[…]');
  return read;
}

/** The body for `POST /v1/chat/completions`. @throws SyntaxError as `readTools` does. */
export function chatRequest(options: ChatOptions, turns: readonly Turn[]): object {
  const { model, system, thinking, thinkingBudget, search } = options;
  const tools = readTools(options.tools);
  return {
    model,
    stream: true,
    stream_options: { include_usage: true },
    messages: [...(system.trim() === '' ? [] : [{ role: 'system', content: system }]), ...turns.flatMap(messageOf)],
    ...(thinking !== 'auto' && { enable_thinking: thinking === 'on' }),
    ...(thinking !== 'off' && thinkingBudget !== '' && { thinking_budget: thinkingBudget }),
    ...(search && { enable_search: true }),
    ...(tools.length > 0 && { tools }),
  };
}

function messageOf(turn: Turn): readonly object[] {
  switch (turn.role) {
    case 'user':
      return [{ role: 'user', content: contentOf(turn) }];
    case 'tool':
      return [{ role: 'tool', tool_call_id: turn.call.id, content: turn.text }];
    case 'assistant':
      if (turn.text === '' && turn.calls.length === 0) return [];
      return [
        {
          role: 'assistant',
          content: turn.text,
          ...(turn.calls.length > 0 && {
            tool_calls: turn.calls.map(({ id, name, arguments: given }) => ({
              id,
              type: 'function',
              function: { name, arguments: given },
            })),
          }),
        },
      ];
  }
}

function contentOf({ text, pictures }: UserTurn): string | readonly object[] {
  if (pictures.length === 0) return text;
  return [
    ...pictures.map((url) => ({ type: 'image_url', image_url: { url } })),
    ...(text === '' ? [] : [{ type: 'text', text }]),
  ];
}
