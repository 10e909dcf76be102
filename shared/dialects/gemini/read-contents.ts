import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import type { AssistantMessage, ChatMessage, ContentPart } from '../../chat/request.ts';
import type { ToolCall } from '../../chat/tool.ts';
import { CallLinks } from './call-links.ts';
import type { ContentBody, FunctionCallBody, PartBody } from './content-body.ts';
import { jsonText } from './json-text.ts';
import { readFunctionResponse } from './read-function-response.ts';
import { partText, readPart } from './read-part.ts';

/**
 * Reads `contents`.
 *
 * @throws InvalidRequestError naming the part that can't be taken, or when nothing is left to answer.
 */
export function readContents(contents: readonly ContentBody[]): readonly ChatMessage[] {
  const reader = new ContentsReader();
  for (const [index, content] of contents.entries()) reader.read(content, `contents[${index}].parts`);
  if (reader.messages.length > 0) return reader.messages;
  throw new InvalidRequestError("'contents' holds nothing to answer.", { param: 'contents' });
}

/** An assistant message that further parts may still be added to. */
interface OpenAnswer extends AssistantMessage {
  content: string;
  readonly toolCalls: ToolCall[];
}

class ContentsReader {
  readonly messages: ChatMessage[] = [];
  readonly #links = new CallLinks();
  #answer: OpenAnswer | undefined;

  read({ role, parts }: ContentBody, path: string): void {
    if (role === 'model') this.#readAnswer(parts ?? [], path);
    else this.#readUser(parts ?? [], path);
  }

  /** The SDK's chat helper sends each chunk of a streamed answer back as a content of its own: they are one answer. */
  #readAnswer(parts: readonly PartBody[], path: string): void {
    for (const [index, part] of parts.entries()) {
      const field = `${path}[${index}]`;
      if (part.functionResponse) throw misplaced(`${field}.functionResponse`, 'the user');
      const text = partText(part);
      if (text === undefined && !part.functionCall) continue;
      const answer = this.#openAnswer();
      if (text !== undefined) answer.content += text;
      if (part.functionCall) answer.toolCalls.push(this.#readCall(part.functionCall, `${field}.functionCall`));
    }
  }

  #openAnswer(): OpenAnswer {
    if (this.#answer !== undefined) return this.#answer;
    const answer: OpenAnswer = { role: 'assistant', content: '', toolCalls: [] };
    this.messages.push(answer);
    this.#answer = answer;
    return answer;
  }

  #readCall(call: FunctionCallBody, path: string): ToolCall {
    return { id: this.#links.called(call), name: call.name, arguments: jsonText(call.args ?? {}, `${path}.args`) };
  }

  #readUser(parts: readonly PartBody[], path: string): void {
    this.#answer = undefined;
    let words: ContentPart[] = [];
    for (const [index, part] of parts.entries()) {
      const field = `${path}[${index}]`;
      if (part.functionCall) throw misplaced(`${field}.functionCall`, 'the model');
      if (!part.functionResponse) {
        words.push(...readPart(part, field));
        continue;
      }
      this.#addUser(words);
      words = [];
      const id = this.#links.answered(part.functionResponse);
      this.messages.push(readFunctionResponse(part.functionResponse, id, `${field}.functionResponse`));
    }
    this.#addUser(words);
  }

  #addUser(content: readonly ContentPart[]): void {
    if (content.length > 0) this.messages.push({ role: 'user', content });
  }
}

function misplaced(field: string, whose: string): InvalidRequestError {
  return new InvalidRequestError(`'${field}' can stand in a content of ${whose} only.`, { param: field });
}
