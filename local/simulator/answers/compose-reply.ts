import type { StoredMessage } from '../chats/chat-book.ts';
import { attachedTexts, type CompletionFile, type CompletionRequest } from './completion-request.ts';
import { type Prompt, readPrompt } from './read-prompt.ts';
import { findSchema, sampleOf } from './sample-of-schema.ts';
import { splitText } from './split-text.ts';

const command = /^[ \t]*repeat: ?(?<repeat>.*)$|count to (?<count>\d{1,7})/gimu;
const wholeRepeat = /^\s*repeat: ?(?<repeat>[\s\S]*)$/iu;
const recall = /what (?:did|have|had) i (?:say|said|ask|asked|tell|told)/iu;
const quoteLimit = 300;

/**
 * What the simulator answers, in pieces. It depends on the message and the chat's history only:
 *
 * - `repeat: X` gives exactly X: all of it when the message begins so, else, and when JSON is spoken of, to the end of
 *   the line.
 * - `count to N` gives the numbers, one per piece. Of several commands the last one counts.
 * - a message that speaks of JSON gives a fenced JSON block, fitting the schema in the message if there is one.
 * - `what did I say` gives the earlier messages of the chat or the transcript, as the model remembers them.
 * - anything else gives a greeting that tells what the model saw.
 */
export function* composeReply(request: CompletionRequest, history: readonly StoredMessage[]): Generator<string> {
  const { text } = request.message;
  const prompt = readPrompt(text, attachedTexts(request.message));
  const { asked } = prompt;
  const asksForJson = /\bJSON\b/.test(text);
  const found = (asksForJson ? null : wholeRepeat.exec(asked)) ?? [...asked.matchAll(command)].at(-1);
  if (found?.groups?.count !== undefined) {
    yield* count(Number(found.groups.count));
  } else if (found?.groups?.repeat !== undefined) {
    yield* splitText(found.groups.repeat);
  } else if (asksForJson) {
    yield* splitText(jsonBlock(text, asked));
  } else {
    yield* splitText(recall.test(asked) ? remember(prompt, history) : greet(request, prompt, history));
  }
}

function* count(last: number): Generator<string> {
  for (let number = 1; number <= last; number += 1) {
    yield number === 1 ? '1' : ` ${number}`;
  }
}

function jsonBlock(text: string, asked: string): string {
  const schema = findSchema(text);
  const value = schema === undefined ? { simulator: true, you_said: quote(asked) } : sampleOf(schema);
  return `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
}

function remember(prompt: Prompt, history: readonly StoredMessage[]): string {
  const stored = history.flatMap(({ role, content }) => (role === 'user' ? [content] : []));
  const earlier = [...stored, ...prompt.earlier].map((words) => `"${quote(words)}"`);
  return earlier.length === 0 ? 'You said nothing before this.' : `Earlier you said: ${earlier.join('; ')}.`;
}

function greet(request: CompletionRequest, prompt: Prompt, history: readonly StoredMessage[]): string {
  const { message, model } = request;
  const sentences = [
    `Hello! This is the Qwen simulator, answering as ${model} with thinking ${onOff(message.thinking)} and search ${onOff(message.chatType === 'search')}.`,
    `You said: "${quote(prompt.asked)}"`,
  ];
  if (message.files.length > 0) {
    sentences.push(`With it came: ${message.files.map(describeFile).join(', ')}.`);
  }
  if (history.length > 0) {
    sentences.push(`I remember ${history.length} earlier messages of this chat.`);
  }
  if (prompt.instructed) {
    sentences.push('I was given instructions, and know them.');
  }
  return sentences.join('\n\n');
}

function describeFile({ name, type, size }: CompletionFile): string {
  return size === undefined ? `${name} (${type})` : `${name} (${type}, ${size} bytes)`;
}

function onOff(on: boolean): string {
  return on ? 'on' : 'off';
}

/** The text, its middle left out when it is long. */
function quote(text: string): string {
  const trimmed = text.trim();
  return trimmed.length <= quoteLimit
    ? trimmed
    : `${trimmed.slice(0, quoteLimit / 2)} … ${trimmed.slice(-quoteLimit / 2)}`;
}
