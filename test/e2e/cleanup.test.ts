import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway, parsed, type TestGateway } from '../support/gateway.ts';

const emails = ['one@example.com', 'two@example.com', 'three@example.com'];
const keys = Array.from({ length: 4 }, (_, number) => `sk-test-cleanup-key-${number}-0123456789`);
const env = { API_KEYS: keys.join(','), ACCOUNT_MAX_IN_FLIGHT: '8' };
const hour = 3600 * 1000;
const [first = '', second = '', third = '', fourth = ''] = keys;

interface Listed {
  readonly chatId: string;
  readonly userMessageCount: number;
  readonly messageCount: number;
}

describe.each(['start', 'dev'] as const)('clean-ups, npm run %s', (mode) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ mode, accounts: emails, env });
  });
  afterAll(() => gateway.close());

  const call = async (method: string, path: string, key: string, body?: object) => {
    const response = await gateway.request(method, path, body, { 'x-api-key': key });
    return { status: response.status, headers: response.headers, body: await parsed(response) };
  };
  const listed = async (key: string): Promise<readonly Listed[]> =>
    (await call('GET', '/api/chats?limit=100', key)).body.chats;
  const upstreamIds = () => emails.flatMap((email) => gateway.simulator.control.chats(email)).map(({ id }) => id);
  const ids = (chats: readonly { chatId: string }[]) => chats.map(({ chatId }) => chatId).toSorted();
  /** A chat with so many turns. */
  const chat = async (key: string, turns: number) => {
    const { chatId } = (await call('POST', '/api/chats', key, {})).body;
    for (let turn = 0; turn < turns; turn += 1) {
      await call('POST', '/api/chat', key, { message: 'repeat: hi', chatId });
    }
  };
  /** Begins a clean-up and follows it to its end. */
  const cleanUp = async (key: string, filters: object) => {
    const begun = await call('POST', '/api/chats/cleanup', key, filters);
    expect(begun.status).toBe(202);
    expect(begun.headers.get('location')).toBe(`/api/chats/cleanup/${begun.body.id}`);
    for (;;) {
      const { body } = await call('GET', `/api/chats/cleanup/${begun.body.id}`, key);
      if (body.state === 'done') return body;
      await delay(20);
    }
  };

  it('only report without filters, or when told so', async () => {
    for (const turns of [0, 2, 3]) await chat(first, turns);
    const before = await listed(first);
    const { status, body } = await call('POST', '/api/chats/cleanup', first);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      dryRun: true,
      filters: { olderThan: 604_800_000, userMessageCountLessThan: 3, messageCountLessThan: 5, maxChats: 50 },
      total: 3,
      wouldDelete: 2,
      byFilter: { olderThan: 0, userMessageCountLessThan: 2, messageCountLessThan: 2, maxChats: 0 },
    });
    expect(ids(body.chats)).toEqual(ids(before.slice(1)));
    const wished = await call('POST', '/api/chats/cleanup', first, { maxChats: 1, dryRun: true });
    expect(wished.body).toMatchObject({ filters: { maxChats: 1 }, wouldDelete: 2, byFilter: { maxChats: 2 } });
    expect(await listed(first)).toEqual(before);
  });

  it('refuse filters that are none', async () => {
    for (const body of [{ olderThan: -1 }, { maxChats: 1.5 }, { messageCountLessThan: '5' }, { dryRun: 'yes' }, []]) {
      expect((await call('POST', '/api/chats/cleanup', first, body)).status).toBe(400);
    }
  });

  it('delete exactly the chats that any filter chooses, for each filter and for several', {
    timeout: 120_000,
  }, async () => {
    const filter = fc.option(fc.nat({ max: 4 }), { nil: undefined });
    const filters = fc.record({
      userMessageCountLessThan: filter,
      messageCountLessThan: fc.option(fc.nat({ max: 7 }), { nil: undefined }),
      maxChats: filter,
      // All of them or none: between two uses there are too few milliseconds to tell them apart from here.
      olderThan: fc.constantFrom(undefined, undefined, 0, hour),
    });
    const examples = [
      { userMessageCountLessThan: 2 },
      { messageCountLessThan: 5 },
      { maxChats: 2 },
      { olderThan: 0 },
      { olderThan: hour },
    ].map((given) => [
      [0, 1, 2, 3],
      {
        userMessageCountLessThan: undefined,
        messageCountLessThan: undefined,
        maxChats: undefined,
        olderThan: undefined,
        ...given,
      },
    ]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 5 }), filters, async (turns, given) => {
        for (const each of turns) await chat(second, each);
        const all = await listed(second);
        const others = upstreamIds().filter((id) => !all.some(({ chatId }) => chatId === id));
        const { userMessageCountLessThan: users = 0, messageCountLessThan: messages = 0, maxChats } = given;
        const goes = all.filter(
          ({ userMessageCount, messageCount }, place) =>
            userMessageCount < users ||
            messageCount < messages ||
            (maxChats !== undefined && place >= maxChats) ||
            given.olderThan === 0,
        );
        const wish = JSON.parse(JSON.stringify(given));
        if (Object.keys(wish).length === 0) return;
        const done = await cleanUp(second, wish);
        expect(done).toMatchObject({
          total: goes.length,
          deleted: goes.length,
          failed: 0,
          kept: 0,
          waiting: 0,
          left: 0,
        });
        expect(ids(done.chats)).toEqual(ids(goes));
        const stays = all.filter(({ chatId }) => !goes.some((gone) => gone.chatId === chatId));
        expect(ids(await listed(second))).toEqual(ids(stays));
        expect(upstreamIds().toSorted()).toEqual([...others, ...ids(stays)].toSorted());
      }),
      { numRuns: mode === 'start' ? 14 : 6, examples: JSON.parse(JSON.stringify(examples)) },
    );
  });

  it('report what could not be deleted, and leave it', { timeout: 60_000 }, async () => {
    await chat(third, 0);
    const [chatOfThird] = await listed(third);
    gateway.simulator.control.fault({ fault: 'internal-500', route: 'chat-delete', times: 100 });
    const done = await cleanUp(third, { maxChats: 0 });
    gateway.simulator.control.heal();
    expect(done).toMatchObject({ deleted: 0, failed: 1 });
    expect(done.chats).toEqual([{ chatId: chatOfThird?.chatId, state: 'failed', reason: 'upstream_unavailable' }]);
    expect(await listed(third)).toHaveLength(1);
    expect(await cleanUp(third, { maxChats: 0 })).toMatchObject({ deleted: 1, failed: 0 });
  });

  it('are seen by whoever began them, and by admins', async () => {
    await chat(fourth, 0);
    const done = await cleanUp(fourth, { messageCountLessThan: 1 });
    expect(done).toMatchObject({ total: 1, deleted: 1 });
    const path = `/api/chats/cleanup/${done.id}`;
    expect((await call('GET', path, first)).body.error.code).toBe('cleanup_not_found');
    expect((await call('GET', `${path}x`, fourth)).status).toBe(404);
    expect((await call('GET', path, gateway.adminKey)).body).toEqual(done);
  });
});
