import { InvalidRequestError } from '../chat/errors/request-errors.ts';

/** Characters of a prompt. A request of the upstream's ends far beyond (qwen-web §4.5). */
const longestPrompt = 10_000;

/** Cuts a prompt's edges. @param field of the client's body. @throws InvalidRequestError when it is empty or too long. */
export function readPrompt(text: string, field = 'prompt'): string {
  const prompt = text.trim();
  if (prompt === '') throw new InvalidRequestError(`'${field}' must not be empty.`, { param: field });
  if (prompt.length <= longestPrompt) return prompt;
  throw new InvalidRequestError(`'${field}' has ${prompt.length} characters; a video takes ${longestPrompt} at most.`, {
    param: field,
  });
}
