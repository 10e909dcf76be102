import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallerLimits } from '../../../shared/chat/caller-limits.ts';
import { LimitExceededError } from '../../../shared/chat/errors/limit-errors.ts';
import { type Amounts, nothing } from '../../../shared/metering/amounts.ts';
import { Calendar } from '../../../shared/metering/calendar.ts';
import { KeyMeters } from '../../../shared/metering/key-meters.ts';
import { listReservations } from '../../../shared/metering/reservation.ts';
import { type UsageRow, writeUsageRow } from '../../../shared/metering/usage-row.ts';
import { meterKey } from '../../../shared/store/keys.ts';
import { type DynaliteServer, startDynalite } from '../../support/dynalite-table.ts';

let dynalite: DynaliteServer;
beforeAll(async () => {
  dynalite = await startDynalite();
});
afterAll(() => dynalite.close());

const noon = Date.UTC(2026, 10, 22, 12);

/** The meter of one key in a table that checks expressions as DynamoDB does. */
async function open(limits: CallerLimits) {
  const { table } = await dynalite.newTable();
  const time = { now: noon };
  const meters = new KeyMeters({ table, calendar: new Calendar('UTC'), now: () => time.now });
  const reserve = (id: string, more: Partial<Amounts> = {}, least: Partial<Amounts> = more) =>
    meters.reserve({
      keyId: 'k',
      limits,
      id,
      kind: 'request',
      startedAt: time.now,
      until: time.now + 300_000,
      amounts: { ...nothing, requests: 1, ...more },
      least: { ...nothing, requests: 1, ...least },
    });
  const item = async () => (await table.get(meterKey('k'), { consistent: true })) ?? {};
  return { table, time, meters, reserve, item };
}

const row: UsageRow = {
  id: 'one',
  startedAt: noon,
  day: '2026-11-22',
  keyId: 'k',
  kind: 'chat',
  path: '/v1/chat/completions',
  dialect: 'openai-chat',
  model: 'm',
  status: 200,
  stream: true,
  milliseconds: 5,
  promptTokens: 10,
  completionTokens: 30,
  tokenSource: 'upstream',
  images: 0,
  videoSeconds: 0,
  chargedTokens: 40,
};

describe('the meter of a key', () => {
  it('reserves against every limit, then charges and gives the rest back', async () => {
    const { meters, reserve, item } = await open({ tokensPerMinute: 500, day: { tokens: 300 } });
    const { reservation, states } = await reserve('one', { tokens: 200 });
    expect(states.map(({ window, limit, taken }) => [window, limit, taken])).toEqual([
      ['day', 300, 200],
      ['minute', 500, 200],
    ]);
    expect(await meters.settle('k', reservation, { ...nothing, requests: 1, tokens: 50 })).toBe(true);
    expect(await meters.settle('k', reservation, nothing)).toBe(false);
    expect(await item()).toMatchObject({
      '2026-11-22/tokens': 50,
      '2026-11/tokens': 50,
      '2026-11-22T12:00/tokens': 50,
      '2026-11-22/requests': 1,
      inFlight: 0,
    });
  });

  it('gives less tokens when there are no more, and refuses only when there are too few', async () => {
    const { reserve } = await open({ month: { tokens: 300 } });
    expect((await reserve('one', { tokens: 2000 }, { tokens: 100 })).reservation.amounts.tokens).toBe(300);
    await expect(reserve('two', { tokens: 2000 }, { tokens: 1 })).rejects.toMatchObject({
      code: 'budget_exhausted',
      shouldRetry: false,
      message: expect.stringContaining(
        '300 tokens a month; 0 are left, and this needs 1. It is counted anew from 2026-12-01',
      ),
    });
  });

  it('lets nobody have more than a whole budget, whatever was used before', async () => {
    const { reserve, item } = await open({ day: { images: 2 } });
    await expect(reserve('one', { images: 3 })).rejects.toMatchObject({ code: 'budget_exhausted' });
    expect(await item()).toEqual({});
  });

  it('grows a reservation, by what is left at the end', async () => {
    const { meters, reserve, time, item } = await open({ day: { tokens: 350 } });
    const { reservation } = await reserve('one', { tokens: 200 });
    time.now += 60_000;
    const more = await meters.extend('k', { day: { tokens: 350 } }, reservation, { ...nothing, tokens: 100 });
    const most = more && (await meters.extend('k', { day: { tokens: 350 } }, more, { ...nothing, tokens: 100 }));
    expect([more?.amounts.tokens, most?.amounts.tokens]).toEqual([300, 350]);
    expect(most && (await meters.extend('k', { day: { tokens: 350 } }, most, { ...nothing, tokens: 100 }))).toBe(
      undefined,
    );
    if (most !== undefined) await meters.settle('k', most, { ...nothing, requests: 1, tokens: 320 });
    // Of this minute's piece no more is left than was not used.
    expect(await item()).toMatchObject({ '2026-11-22/tokens': 320, '2026-11-22T12:01/tokens': 120 });
  });

  it('begins anew with each minute, and forgets old ones', async () => {
    const { meters, reserve, time, item } = await open({ requestsPerMinute: 1 });
    const first = await reserve('one');
    await meters.settle('k', first.reservation, nothing);
    const refused = await reserve('two').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(LimitExceededError);
    expect(refused).toMatchObject({ code: 'key_rate_limit_exceeded', retryAfterSeconds: 60, shouldRetry: undefined });
    time.now += 250_000;
    const later = await reserve('three');
    expect(later.stale).toEqual(expect.arrayContaining(['2026-11-22T12:00/requests']));
    await meters.settle('k', later.reservation, nothing, later.stale);
    expect(Object.keys(await item()).filter((name) => name.includes('T'))).toEqual(['2026-11-22T12:04/requests']);
  });

  it('charges what is lapsed by its row, and gives back what has none', async () => {
    const { table, meters, reserve, time, item } = await open({ inFlight: 2, day: { requests: 10, tokens: 1000 } });
    await reserve('one', { tokens: 200 });
    await reserve('two', { tokens: 200 });
    await expect(reserve('three', { tokens: 1 })).rejects.toMatchObject({
      code: 'too_many_in_flight',
      retryAfterSeconds: 1,
    });
    await writeUsageRow(table, row);
    time.now += 300_001;
    const { reservation } = await reserve('three', { tokens: 5 });
    expect(listReservations(await item()).map(({ id }) => id)).toEqual(['three']);
    await meters.settle('k', reservation, nothing);
    expect(await item()).toMatchObject({ '2026-11-22/tokens': 40, '2026-11-22/requests': 1, inFlight: 0 });
  });

  it('of two with the same id reserves once', async () => {
    const { reserve, item } = await open({ day: { requests: 5 } });
    const [one, two] = await Promise.all([reserve('one'), reserve('one')]);
    expect(two.reservation).toEqual(one.reservation);
    expect(await item()).toMatchObject({ '2026-11-22/requests': 1, inFlight: 1 });
  });

  it('can be looked at', async () => {
    const { meters, reserve } = await open({ requestsPerMinute: 9 });
    await reserve('one');
    expect(await meters.look('k', { requestsPerMinute: 9 })).toMatchObject({
      inFlight: 1,
      states: [{ window: 'minute', unit: 'requests', limit: 9, taken: 1, resetAt: noon + 60_000 }],
    });
  });

  it.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago'])(
    'stays right when the time zone becomes %s meanwhile',
    async (zone) => {
      const { table, time, meters, reserve, item } = await open({ day: { tokens: 300 } });
      // At noon UTC it is the next day in the one zone already; at five in the morning it is still the day before in the other.
      time.now = noon - (zone === 'Pacific/Pago_Pago' ? 7 * 3_600_000 : 0);
      const { reservation: first } = await reserve('first', { tokens: 200 });
      const { reservation: lapsing } = await reserve('lapsing', { tokens: 60 });
      const later = new KeyMeters({ table, calendar: new Calendar(zone), now: () => time.now });
      const { reservation, stale } = await later.reserve({
        keyId: 'k',
        limits: {},
        id: 'second',
        kind: 'request',
        startedAt: time.now,
        until: time.now + 300_000,
        amounts: { ...nothing, requests: 1, tokens: 30 },
        least: nothing,
      });
      expect(reservation.day).not.toBe(first.day);
      await later.settle('k', reservation, { ...nothing, requests: 1, tokens: 20 }, stale);
      await meters.settle('k', first, { ...nothing, requests: 1, tokens: 50 });
      await later.settleLapsed('k', [lapsing]);
      expect(listReservations(await item())).toEqual([]);
      expect(await item()).toMatchObject({
        inFlight: 0,
        [`${first.day}/requests`]: 1,
        [`${first.day}/tokens`]: 50,
        [`${reservation.day}/requests`]: 1,
        [`${reservation.day}/tokens`]: 20,
      });
    },
  );
});
