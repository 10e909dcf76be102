import { type ItemPrefix, itemId } from '../dialects/openai-responses/item-id.ts';

/** By the type of an item, which is any word of the client's. */
const prefixes: ReadonlyMap<string, ItemPrefix> = new Map([
  ['message', 'msg'],
  ['reasoning', 'rs'],
  ['function_call', 'fc'],
  ['custom_tool_call', 'ctc'],
  ['image_generation_call', 'ig'],
]);

/** Gives items the form in which they are kept and listed: each with a type and an id, content as parts. */
export function keptItems(items: readonly object[], response: string): readonly object[] {
  return items.map((item, index) => {
    const typed = 'type' in item && typeof item.type === 'string' ? item : { ...item, type: 'message' };
    const whole = typed.type === 'message' ? keptMessage(typed) : typed;
    if ('id' in whole && typeof whole.id === 'string' && whole.id !== '') return whole;
    return { ...whole, id: itemId(prefixes.get(String(typed.type)) ?? 'item', response, `in${index}`) };
  });
}

function keptMessage(message: object): object {
  const content = 'content' in message ? message.content : undefined;
  if (typeof content !== 'string') return message;
  const isAnswer = 'role' in message && message.role === 'assistant';
  const part = isAnswer
    ? { type: 'output_text', text: content, annotations: [] }
    : { type: 'input_text', text: content };
  return { ...message, status: 'completed', content: [part] };
}

/** The id of an item, `undefined` when it has none. */
export function idOf(item: object): string | undefined {
  return 'id' in item && typeof item.id === 'string' ? item.id : undefined;
}
