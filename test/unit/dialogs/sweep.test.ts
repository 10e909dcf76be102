import { describe, expect, it } from 'vitest';
import type { AccountHealth } from '../../../shared/accounts/account-health.ts';
import { PoolChallengedError } from '../../../shared/accounts/no-account-errors.ts';
import { isTemporaryTitle, temporaryTitle } from '../../../shared/chats/temporary-title.ts';
import { DailyClaims } from '../../../shared/dialogs/sweep/daily-claims.ts';
import { sweepOrphans } from '../../../shared/dialogs/sweep/sweep-orphans.ts';
import { sweepTemporary } from '../../../shared/dialogs/sweep/sweep-temporary.ts';
import { type DialogFixture, hour, openDialogFixture } from './dialog-fixture.ts';

const one = 'one@example.com';
const two = 'two@example.com';
const forever = Number.MAX_SAFE_INTEGER;

describe('sweepTemporary', () => {
  const sweep = ({ temporary, deleteUpstream, now }: DialogFixture, until = forever) =>
    sweepTemporary({ temporary, deleteUpstream, now, until });
  const temporaryChat = async (fixture: DialogFixture, email: string, dueIn: number) => {
    const chatId = await fixture.make(email);
    await fixture.chats.rememberTemporary({ chatId, accountId: email, dueAt: fixture.time + dueIn });
    return chatId;
  };

  it('deletes those that are due, of every account, and no other', async () => {
    const fixture = await openDialogFixture([one, two]);
    for (const email of [one, two, one, two, one]) await temporaryChat(fixture, email, hour);
    const later = await temporaryChat(fixture, one, 3 * hour);
    expect(await sweep(fixture)).toEqual({ due: 0, deleted: 0, gone: 0, waiting: 0 });
    fixture.time += 2 * hour;
    expect(await sweep(fixture)).toEqual({ due: 5, deleted: 5, gone: 0, waiting: 0 });
    expect(fixture.upstreamIds()).toEqual([later]);
    expect(await sweep(fixture)).toMatchObject({ due: 0 });
    expect(await fixture.chats.knows(later)).toBe(true);
  });

  it('leaves time for the turn that began just before', async () => {
    const fixture = await openDialogFixture([one]);
    await temporaryChat(fixture, one, hour);
    fixture.time += hour + 14 * 60_000;
    expect(await sweep(fixture)).toMatchObject({ due: 0 });
    fixture.time += 2 * 60_000;
    expect(await sweep(fixture)).toMatchObject({ deleted: 1 });
  });

  it('leaves a chat that was used since it was looked up', async () => {
    const fixture = await openDialogFixture([one]);
    const used = await temporaryChat(fixture, one, hour);
    fixture.time += 2 * hour;
    const [due] = await fixture.temporary.due(10);
    await fixture.chats.rememberTemporary({ chatId: used, accountId: one, dueAt: fixture.time + hour });
    if (due === undefined) throw new Error('nothing is due');
    expect(await fixture.temporary.postpone(due, 0)).toBeUndefined();
    expect(await sweep(fixture)).toMatchObject({ due: 0 });
    expect(fixture.upstreamIds()).toEqual([used]);
  });

  it('leaves a chat that its caller keeps by now', async () => {
    const fixture = await openDialogFixture([one]);
    const kept = await temporaryChat(fixture, one, hour);
    await fixture.chats.remember({ chatId: kept, accountId: one, responseId: 'r', model: 'm', keyId: 'key' });
    await fixture.chats.rememberTemporary({ chatId: kept, accountId: one, dueAt: fixture.time });
    fixture.time += 24 * hour;
    expect(await sweep(fixture)).toMatchObject({ due: 0 });
    expect((await fixture.lists.all(['key'])).map(({ chatId }) => chatId)).toEqual([kept]);
  });

  it('forgets those that are gone, upstream or with their account', async () => {
    const fixture = await openDialogFixture([one]);
    const gone = await temporaryChat(fixture, one, hour);
    await fixture.upstream.deleteChat(gone, fixture.accounts.credentials(one), AbortSignal.timeout(5000));
    await fixture.chats.rememberTemporary({ chatId: 'lost', accountId: 'removed', dueAt: fixture.time });
    fixture.time += 2 * hour;
    expect(await sweep(fixture)).toEqual({ due: 2, deleted: 0, gone: 2, waiting: 0 });
    expect(await fixture.chats.knows(gone)).toBe(false);
    expect(await fixture.chats.knows('lost')).toBe(false);
  });

  it('lets those of an account that can’t be used wait, without holding up the others', async () => {
    const fixture = await openDialogFixture([one, two]);
    for (const email of [one, one, two]) await temporaryChat(fixture, email, hour);
    fixture.accounts.resting.set(one, new PoolChallengedError('verify'));
    fixture.time += 2 * hour;
    expect(await sweep(fixture)).toEqual({ due: 3, deleted: 1, gone: 0, waiting: 2 });
    expect(await sweep(fixture)).toMatchObject({ due: 0 });
    fixture.accounts.resting.clear();
    fixture.time += 2 * hour;
    expect(await sweep(fixture)).toMatchObject({ due: 2, deleted: 2 });
    expect(fixture.upstreamIds()).toEqual([]);
  });

  it('goes on where a sweeper died, or had no time left', async () => {
    const fixture = await openDialogFixture([one]);
    await temporaryChat(fixture, one, hour);
    fixture.time += 2 * hour;
    expect(await sweep(fixture, fixture.time)).toMatchObject({ due: 1, deleted: 0 });
    const [due] = await fixture.temporary.due(10);
    if (due !== undefined) await fixture.temporary.postpone(due, hour);
    expect(await sweep(fixture)).toMatchObject({ due: 0 });
    fixture.time += 2 * hour;
    expect(await sweep(fixture)).toMatchObject({ deleted: 1 });
  });
});

describe('sweepOrphans', () => {
  const well = (id: string): AccountHealth => ({
    id,
    lane: 'qwen-web',
    label: id,
    source: 'test',
    state: 'ok',
    waits: {},
    canSignIn: true,
  });
  const sweep = (fixture: DialogFixture, accounts: readonly AccountHealth[] = [well(one)]) => {
    const { chats, attempts, deleteUpstream, now, table, upstream } = fixture;
    const claims = new DailyClaims(table, now);
    return sweepOrphans({
      accounts,
      claims,
      chats,
      attempts,
      deleteUpstream,
      now,
      until: forever,
      archive: upstream.archive,
    });
  };

  it('deletes old chats of its own that nobody knows of, and leaves the owner’s, with titles as similar as can be', async () => {
    const fixture = await openDialogFixture([one]);
    const title = temporaryTitle('OpenAI API Chat');
    const similar = [
      'OpenAI API Chat',
      `OpenAI API Chat ${'0'.repeat(16)}-${'0'.repeat(12)}`,
      `${title.slice(0, -1)}${title.endsWith('0') ? '1' : '0'}`,
      `${title} and more`,
      title.toUpperCase(),
      title.replace(' Chat ', ' Chat'),
    ];
    const owned = [];
    for (const each of similar) owned.push(await fixture.make(one, each));
    for (let count = 0; count < 3; count += 1) await fixture.make(one, temporaryTitle('Any title'));
    const known = await fixture.make(one, temporaryTitle('Known'));
    await fixture.chats.rememberTemporary({ chatId: known, accountId: one, dueAt: fixture.time });
    fixture.time += 2 * hour;
    expect(await sweep(fixture)).toEqual({ accounts: 1, orphans: 3 });
    expect(fixture.upstreamIds().toSorted()).toEqual([...owned, known].toSorted());
  });

  it('leaves what is younger than an hour', async () => {
    const fixture = await openDialogFixture([one]);
    const young = await fixture.make(one, temporaryTitle('Young'));
    fixture.time += hour - 2000;
    expect(await sweep(fixture)).toEqual({ accounts: 1, orphans: 0 });
    expect(fixture.upstreamIds()).toEqual([young]);
  });

  it('looks once a day, at accounts that are well only', async () => {
    const fixture = await openDialogFixture([one, two]);
    const ill: readonly AccountHealth[] = [
      { ...well(two), state: 'challenge' },
      { ...well(two), waits: { chat: { until: fixture.time + hour, cause: 'limit', length: hour, probeUntil: 0 } } },
    ];
    fixture.time += 2 * hour;
    expect(await sweep(fixture, ill)).toEqual({ accounts: 0, orphans: 0 });
    expect(await sweep(fixture)).toMatchObject({ accounts: 1 });
    expect(await sweep(fixture)).toMatchObject({ accounts: 0 });
    fixture.time += 24 * hour;
    expect(await sweep(fixture)).toMatchObject({ accounts: 1 });
  });

  it('reads every page before it deletes', async () => {
    const fixture = await openDialogFixture([one]);
    for (let count = 0; count < 60; count += 1) await fixture.make(one, temporaryTitle('Many'));
    fixture.time += 2 * hour;
    expect(await sweep(fixture)).toEqual({ accounts: 1, orphans: 60 });
    expect(fixture.upstreamIds()).toEqual([]);
  });
});

describe('temporaryTitle', () => {
  it('proves itself, whatever stands before it, and never twice in the same way', () => {
    const titles = Array.from({ length: 100 }, () => temporaryTitle('OpenAI API Chat'));
    expect(titles.every(isTemporaryTitle)).toBe(true);
    expect(new Set(titles).size).toBe(100);
    expect(isTemporaryTitle(temporaryTitle(''))).toBe(true);
    // A title from the day when this was written: it must be known for ever.
    expect(isTemporaryTitle('X 0123456789abcdef-82f5fe119544')).toBe(true);
  });
});
