import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isTemporaryTitle } from '../../../shared/chats/temporary-title.ts';
import { allConversing } from '../../support/conversing/all-conversing.ts';
import type { ReadAnswer } from '../../support/conversing/conversing.ts';
import {
  ask,
  newSession,
  normalised,
  type Session,
  send,
  withAnswer,
  withNext,
} from '../../support/conversing/session.ts';
import { FunctionProcesses } from '../../support/function-processes.ts';
import { adminKey, openGateway, type TestGateway } from '../../support/gateway.ts';
import { markdownTable } from '../../support/markdown-table.ts';

const rounds = 2;
const emails = ['one@example.com', 'two@example.com', 'three@example.com'];
const answerText = Array.from({ length: 30 }, (_, number) => `word${number}`).join(' ');
const openAi = allConversing['openai-chat'];

let gateway: TestGateway;
let processes: FunctionProcesses;
beforeAll(async () => {
  processes = new FunctionProcesses();
  const env = { ACCOUNT_LEASE_SECONDS: '5', ACCOUNT_MAX_IN_FLIGHT: '8', ACCOUNT_WAIT_SECONDS: '20' };
  gateway = await openGateway({ mode: 'dev', accounts: emails, env });
});
afterAll(async () => {
  await gateway.close();
  processes.close();
});

/** Resolves when the simulator sees the next request of this kind, or has answered it. */
function next(route: string, outcome: 'open' | 'answered'): Promise<unknown> {
  const { control } = gateway.simulator;
  const before = control.requests().at(-1)?.number ?? 0;
  const isOver = (of: string) => outcome === 'open' || of === outcome;
  return control.waitFor((entry) => entry.number > before && entry.route === route && isOver(entry.outcome));
}

/** When the function of a turn is killed; gets the turn's answer. The rows are written in the milliseconds behind the answer. */
const moments: readonly (readonly [string, (answered: Promise<unknown>) => Promise<unknown>])[] = [
  ['while it looks for the chat', () => delay(Math.random() * 20)],
  ['while it asks', () => next('completion', 'open')],
  ['as the answer is over', () => next('completion', 'answered')],
  ['while it writes the rows', () => next('completion', 'answered').then(() => delay(Math.random() * 8))],
  ['as its caller has the answer', (answered) => answered],
];

/** @returns the answer, if the caller got it. */
async function askKilled(session: Session, moment: (typeof moments)[number][1]): Promise<ReadAnswer | undefined> {
  const sent = Promise.withResolvers<void>();
  const isTime = moment(sent.promise);
  const answer = send(gateway, session).then(
    async (response) => (response.ok ? session.conversing.read(await response.text()) : undefined),
    () => undefined,
  );
  answer.then(() => sent.resolve());
  // A function that has answered is not killed before.
  await Promise.race([isTime, answer]);
  await processes.killAll();
  return answer;
}

function expectSeen(session: Session): void {
  expect(normalised(gateway.simulator.control.prompts().at(-1)?.conversation ?? [])).toEqual(session.seen);
}

const completions = () => gateway.simulator.control.requests().filter(({ route }) => route === 'completion').length;
const lastChat = () => gateway.simulator.control.prompts().at(-1)?.chatId;
const told: { moment: string; turn: string; answered: boolean; continued: boolean }[] = [];

/** The client asks again for what it did not get, and goes on. */
async function killIn(
  session: Session,
  name: string,
  moment: (typeof moments)[number][1],
  turn: string,
): Promise<Session> {
  const got = await askKilled(session, moment);
  const answer = got ?? (await ask(gateway, session));
  expect(answer.text).toBe(answerText);
  expectSeen(session);
  const chat = lastChat();
  const following = withNext(withAnswer(session, answer), 'repeat: and so on');
  const before = completions();
  const after = await ask(gateway, following);
  expect(after.text).toBe('and so on');
  expectSeen(following);
  expect(completions() - before).toBe(1);
  told.push({ moment: name, turn, answered: got !== undefined, continued: lastChat() === chat });
  return withNext(withAnswer(following, after), `repeat: ${answerText}`);
}

it('a conversation goes on after any kill, and the model sees all of it', { timeout: 120_000 }, async () => {
  const { control } = gateway.simulator;
  control.pace(1);
  for (const [name, moment] of moments) {
    for (let round = 0; round < rounds; round += 1) {
      const first = withNext(newSession(openAi, adminKey), `repeat: ${answerText}`);
      await killIn(await killIn(first, name, moment, 'first'), name, moment, 'later');
    }
  }
  print();
  // The rows were there before the caller had its answer.
  expect(told.filter(({ continued }) => continued).length).toBeGreaterThan(0.8 * told.length);
  // Whoever sweeps knows the chats of the dead by their titles, when nobody has noted them.
  const left = emails.flatMap((email) => control.chats(email));
  expect(left.length).toBeGreaterThanOrEqual(moments.length * rounds);
  expect(left.filter(({ title }) => !isTemporaryTitle(title))).toEqual([]);
  expect(control.violations()).toEqual([]);
});

function print(): void {
  const rows = moments.flatMap(([name]) =>
    ['first', 'later'].map((turn) => {
      const some = told.filter((one) => one.moment === name && one.turn === turn);
      const count = (test: (one: (typeof told)[number]) => boolean) => some.filter(test).length;
      return [name, turn, count(({ answered }) => answered), count(({ continued }) => continued), some.length];
    }),
  );
  console.log(
    markdownTable(['a function was killed', 'turn', 'caller had its answer', 'next turn continued', 'of'], rows),
  );
}
