import { ToolCallInvalidError } from '../chat/errors/answer-faults.ts';

/**
 * Parses the arguments of a call that is whole, for dialects that give them as an object; none is an empty one.
 *
 * @throws ToolCallInvalidError
 */
export function parseCallInput(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ToolCallInvalidError('The model called a tool with arguments that are no JSON. Try again.', { cause });
  }
}
