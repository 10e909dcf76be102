import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { ChatMessage } from '../../../shared/chat/request.ts';
import { fencesOf } from '../../docs/support/fences.ts';
import { assistant, user } from './chat-request.ts';
import { expectedOf, foldLong, unfoldAll } from './long-messages.ts';

const path = 'docs/protocol/transcript.md';
const fences = fencesOf({ path, text: readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8') });
const example = z.array(z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() }));

/** Each list of messages, and the texts that follow it: the message, then its files. */
const examples = fences
  .map(({ language, code }, index) => ({ language, code, index }))
  .filter(({ language }) => language === 'json')
  .map(({ code, index }) => {
    const next = fences.findIndex(({ language }, place) => place > index && language === 'json');
    const texts = fences.slice(index + 1, next === -1 ? undefined : next).map((fence) => whole(fence.code.trimEnd()));
    return { messages: example.parse(JSON.parse(code)).map(messageOf), texts };
  });

function messageOf({ role, content }: z.output<typeof example>[number]): ChatMessage {
  const text = whole(content);
  if (role === 'user') return user(text);
  return role === 'assistant' ? assistant(text) : { role, content: text };
}

/** A text of the page, with what it says only the number of. */
function whole(text: string): string {
  return text.replace(/\{\{(\w+) × (\d+)\}\}/g, (_, word: string, times: string) =>
    Array.from({ length: Number(times) }, () => word).join(' '),
  );
}

describe('the description of the form', () => {
  it('has examples', () => {
    expect(examples.map(({ texts }) => texts.length)).toEqual([1, 2, 1]);
  });

  it.each(examples)('tells the truth in example %#', ({ messages, texts: [text, file] }) => {
    const folded = foldLong(messages, 20_000);
    expect(folded.content).toBe(text);
    if (file !== undefined) expect([...folded.files]).toEqual([['conversation-1.txt', `${file}\n`]]);
    expect(unfoldAll(folded)).toEqual(expectedOf(messages));
  });
});
