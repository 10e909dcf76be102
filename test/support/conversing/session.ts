import type { TestGateway } from '../gateway.ts';
import type { Conversing, OfferedTool, ReadAnswer } from './conversing.ts';

/** One message as the model is to see it. */
export interface Seen {
  readonly label: string;
  readonly words: string;
}

/** A conversation as its client has it: what it sends, and what the model must see of it. */
export interface Session {
  readonly conversing: Conversing;
  readonly key: string;
  readonly system: string | undefined;
  readonly tools: readonly OfferedTool[] | undefined;
  readonly history: readonly unknown[];
  readonly seen: readonly Seen[];
  readonly last?: ReadAnswer;
  /** How many calls there were. */
  readonly calls: number;
}

export const lookTool: OfferedTool = {
  name: 'look',
  parameters: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
};

export function newSession(conversing: Conversing, key: string, more: Partial<Session> = {}): Session {
  const { system } = more;
  const instructions = system === undefined ? [] : [{ label: 'instructions', words: system }];
  return { conversing, key, system, tools: undefined, history: [], seen: instructions, calls: 0, ...more };
}

/** The session with a message at its end: results when the last answer has called, otherwise the user's words. */
export function withNext(session: Session, text: string): Session {
  const { conversing, history, seen, last, calls } = session;
  if (last === undefined || last.calls.length === 0) {
    return {
      ...session,
      history: [...history, ...conversing.user(text)],
      seen: [...seen, { label: 'user', words: text }],
    };
  }
  const first = calls - last.calls.length + 1;
  const results = last.calls.map((call, index) => ({ call, text: `${text} ${index}` }));
  const shown = results.map(({ call }, index) => ({
    label: `tool result "${first + index}" of "${call.name}"`,
    words: `${text} ${index}`,
  }));
  return { ...session, history: [...history, ...conversing.results(results)], seen: [...seen, ...shown] };
}

/** The session behind an answer. */
export function withAnswer(session: Session, answer: ReadAnswer): Session {
  const { history, seen, calls } = session;
  const written = answer.calls.map(({ name, input }) => `${name}(${JSON.stringify(input)})`);
  const words = [answer.text.trim(), ...written].filter((part) => part !== '').join(' ');
  return {
    ...session,
    history: [...history, ...answer.items],
    seen: [...seen, { label: 'assistant', words }],
    last: answer,
    calls: calls + answer.calls.length,
  };
}

/** Sends the session as it is. */
export function send(gateway: TestGateway, { conversing, key, system, tools, history }: Session): Promise<Response> {
  const body = conversing.body({ system, history, tools });
  return gateway.request('POST', conversing.path, body, { authorization: `Bearer ${key}` });
}

/** Sends the session, and reads the answer. */
export async function ask(gateway: TestGateway, session: Session): Promise<ReadAnswer> {
  const response = await send(gateway, session);
  const body = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${body}`);
  return session.conversing.read(body);
}

/** What a model saw, without the gateway's own words, and with calls written in one way. */
export function normalised(conversation: readonly Seen[]): readonly Seen[] {
  return conversation
    .filter(({ label, words }) => label !== 'instructions' || !words.startsWith('You can call tools.'))
    .map(({ label, words }) => ({
      label,
      words: label === 'assistant' ? callsInOneForm(words) : withoutReminder(words),
    }));
}

function withoutReminder(words: string): string {
  return words.replace(/\n\nTools are called between \S+ and \S+, as told above\.$/, '');
}

function callsInOneForm(words: string): string {
  const written = words.replaceAll(/\s*\[tool_call\]\n(.*)\n\[\/tool_call\]\s*/g, (_block, json: string) => {
    const call = JSON.parse(json);
    return ` ${call.name}(${JSON.stringify(call.arguments)})`;
  });
  return written.trim();
}
