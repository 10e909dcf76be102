import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultRule } from '../../../local/simulator/faults/fault-rule.ts';
import { allConversing } from '../../support/conversing/all-conversing.ts';
import { ask, newSession, normalised, type Session, withAnswer, withNext } from '../../support/conversing/session.ts';
import { adminKey, openGateway, type TestGateway } from '../../support/gateway.ts';

// Some of the faults put an account to rest, for longer than the tests last.
const emails = Array.from({ length: 14 }, (_, index) => `account-${index}@example.com`);
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openGateway({ accounts: emails });
});
afterAll(() => gateway.close());

const completions = () => gateway.simulator.control.requests().filter(({ route }) => route === 'completion');

/** Two turns; the second goes on in the chat of the first, or would. */
async function begin(conversing: Session['conversing']) {
  const { control } = gateway.simulator;
  const first = withNext(newSession(conversing, adminKey, { system: 'Be brief.' }), 'repeat: first');
  const second = withNext(withAnswer(first, await ask(gateway, first)), 'repeat: second');
  const prompt = control.prompts().at(-1);
  if (prompt === undefined) throw new Error('no model was asked');
  return { second, chatId: prompt.chatId, account: prompt.account };
}

/** Asks the second turn, which must be answered once, by a new chat that holds all of it. */
async function expectAnew(second: Session, chatId: string, asked: number): Promise<void> {
  const before = completions().length;
  const answer = await ask(gateway, second);
  expect(answer.text).toBe('second');
  expect(completions().length - before).toBe(asked);
  const prompt = gateway.simulator.control.prompts().at(-1);
  expect(prompt?.chatId).not.toBe(chatId);
  expect(normalised(prompt?.conversation ?? [])).toEqual(second.seen);
  gateway.simulator.control.heal();
  // And the conversation goes on from there.
  const third = withNext(withAnswer(second, answer), 'repeat: third');
  expect((await ask(gateway, third)).text).toBe('third');
  expect(gateway.simulator.control.prompts().at(-1)?.chatId).toBe(prompt?.chatId);
}

const faults: readonly [string, FaultRule][] = [
  ['the chat is gone', { fault: 'chat-not-found' }],
  ['there never was such a chat', { fault: 'chat-not-exist' }],
  ['the message to go on from is gone', { fault: 'parent-not-found' }],
  ['the chat is in progress', { fault: 'chat-in-progress' }],
  ['the site fails', { fault: 'internal-500' }],
  ['the connection breaks before a word', { fault: 'cut-after', after: 0 }],
  ['the answer is empty', { fault: 'empty-after-created' }],
  ['the account has reached a limit', { fault: 'http-429' }],
];

describe.each(Object.entries(allConversing))('through %s, the answer comes once when', (_name, conversing) => {
  it.each(faults)('%s', async (_what, rule) => {
    const { second, chatId, account } = await begin(conversing);
    gateway.simulator.control.fault({ ...rule, account, says: 'second' });
    await expectAnew(second, chatId, 2);
  });

  it('the chat was really deleted', async () => {
    const { second, chatId, account } = await begin(conversing);
    const token = gateway.simulator.control.accounts.token(account);
    const url = `${gateway.simulator.url}/api/v2/chats/${chatId}`;
    const deleted = await fetch(url, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } });
    expect(deleted.status).toBe(200);
    await expectAnew(second, chatId, 2);
  });

  it('the chat was used by somebody else meanwhile', async () => {
    const { second, chatId } = await begin(conversing);
    await ask(gateway, second);
    await expectAnew(second, chatId, 1);
  });
});
