import type { DialectName } from '../../shared/chat/dialect.ts';
import type { DialectDoor } from './dialect-doors/dialect-door.ts';
import { dialectDoors } from './dialect-doors/dialect-doors.ts';

/** One message of a plain conversation. */
export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

/** How a whole conversation is put in one dialect, and its answer read. */
export interface LongDoor extends Pick<DialectDoor, 'readWhole' | 'wordsOf'> {
  readonly name: DialectName;
  readonly path: string;
  body(turns: readonly Turn[]): object;
}

const model = 'qwen3.7-plus';
const contents = (turns: readonly Turn[]) => turns.map(({ role, text: content }) => ({ role, content }));

const bodies = {
  'openai-chat': (turns) => ({ model, messages: contents(turns) }),
  'openai-responses': (turns) => ({ model, input: contents(turns), store: false }),
  anthropic: (turns) => ({ model, max_tokens: 30_000_000, messages: contents(turns) }),
  gemini: (turns) => ({
    contents: turns.map(({ role, text }) => ({ role: role === 'user' ? 'user' : 'model', parts: [{ text }] })),
  }),
  native: (turns) => ({ model, messages: contents(turns) }),
} as const satisfies Record<DialectName, LongDoor['body']>;

const names = ['openai-chat', 'openai-responses', 'anthropic', 'gemini', 'native'] as const satisfies DialectName[];

export const longDoors: readonly LongDoor[] = names.map(longDoorOf);

export function longDoorOf(name: DialectName): LongDoor {
  const { readWhole, wordsOf, request } = dialectDoors[name];
  return { name, readWhole, wordsOf, path: request('', false).path, body: bodies[name] };
}
