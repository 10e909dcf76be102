import type { ToolUse } from '../chat/tool.ts';
import type { CallFormat } from './call-format.ts';

/** What a model is told of tools behind the conversation. */
export function toolReminder({ choice, parallel }: ToolUse, { open, close }: CallFormat): string {
  const form = `between ${open} and ${close}`;
  switch (choice.type) {
    case 'tool':
      return `Answer with a call of the tool ${choice.name} ${form}, and with nothing else.`;
    case 'required':
      return `Answer with ${parallel ? 'at least one tool call' : 'one tool call'} ${form}, and with nothing else.`;
    default:
      return `Tools are called ${form}, as told above.`;
  }
}
