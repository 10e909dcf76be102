import type { ServerResponse } from 'node:http';
import type { ChatEvent } from '../../../shared/chat/event.ts';
import type { UpstreamAnswer } from '../../../shared/chat/upstream.ts';
import { type Answer, fakeSite, json } from './fake-site.ts';
import { fixtureBytes, fixtureText } from './fixtures.ts';

/** The chat that the stand-in makes. */
export const chatId = '7b1f0c2e-3d44-4a8e-9a51-5f0d6c2b9e10';
export const newChat = json(fixtureText('chats/new.json'));
export const deleted = json(fixtureText('chats/delete.json'));
/** A whole answer. */
export const plain = fixtureBytes('sse/t2t-plain.sse');
/** A signal for calls that nobody aborts. */
export const never = new AbortController().signal;

/** A site that makes chats and answers completions in the given way. */
export function siteWith(completion: Answer, idleSeconds?: number) {
  const answers = {
    'POST /api/v2/chats/new': newChat,
    [`DELETE /api/v2/chats/${chatId}`]: deleted,
    'POST /api/v2/chat/completions': completion,
    'POST /api/v2/chat/completions/stop': json({ success: true }),
  };
  return fakeSite(answers, idleSeconds);
}

/** Reads an answer to its end. */
export async function read(answer: UpstreamAnswer): Promise<readonly ChatEvent[]> {
  const events: ChatEvent[] = [];
  for await (const batch of answer.events) events.push(...batch);
  return events;
}

/** The beginning of an answer, and nothing more. */
export function beginning(response: ServerResponse): void {
  response.write(plain.subarray(0, 1500));
}
