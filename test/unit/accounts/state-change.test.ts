import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AccountState, eventMeanings, nextState, storedStates } from '../../../shared/accounts/account-states.ts';
import { addAccount } from '../../../shared/accounts/add-account.ts';
import { setOwnerState } from '../../../shared/accounts/owner-acts.ts';
import { changeState } from '../../../shared/accounts/state-change.ts';
import { AccountUnauthorizedError } from '../../../shared/chat/errors/account-faults.ts';
import { accountKey } from '../../../shared/store/keys.ts';
import { type DynaliteServer, startDynalite } from '../../support/dynalite-table.ts';
import { accessToken, firstRefreshToken, newRenewalFixture, type RenewalFixture } from './renewal-fixture.ts';

const events = Object.keys(eventMeanings).filter((name): name is keyof typeof eventMeanings => name in eventMeanings);
const lane = 'qwen-web';
let dynalite: DynaliteServer;
let fixture: RenewalFixture;

beforeAll(async () => {
  dynalite = await startDynalite();
});
beforeEach(async () => {
  fixture = await newRenewalFixture(dynalite);
});
afterAll(() => dynalite.close());

/** An account with a refresh token, in the state that an owner or a fault has brought about. */
async function accountIn(state: AccountState) {
  const { id } = await fixture.add({ token: accessToken(fixture.time, 100), refreshToken: firstRefreshToken });
  await fixture.test.table.update(accountKey(lane, id), { set: { state, reason: 'as the test wants' } });
  return fixture.account();
}

describe('a change of state', () => {
  it('is the one of the published machine, and demands the state that it began with', () =>
    fc.assert(
      fc.property(fc.constantFrom(...storedStates), fc.constantFrom(...events), fc.option(fc.string()), (...given) => {
        const [state, event, reason] = given;
        const change = changeState({ state }, event, reason ?? undefined);
        const to = nextState(state, event);
        const isStored = storedStates.some((known) => known === to);
        expect(change?.state).toBe(isStored ? to : undefined);
        if (change === undefined) return;
        expect(change.equals).toEqual({ state });
        expect(change.set).toEqual(reason === null ? { state: to } : { state: to, reason });
        expect(change.remove).toEqual(reason === null ? ['reason'] : []);
      }),
    ));

  it('takes a state of a later version for disabled, and demands it as it is stored', () => {
    expect(changeState({ state: 'resting' }, 'renew')).toMatchObject({ state: 'ok', equals: { state: 'resting' } });
    expect(changeState({ state: 'resting' }, 'auth', 'x')).toBeUndefined();
  });
});

describe('a token that the gateway got by itself', () => {
  it('puts an account back in use whose token was refused', async () => {
    const account = await accountIn('invalid');
    const renewed = await fixture.newInstance().renew(account, 'chat', 'asked');
    expect(renewed).toMatchObject({ state: 'ok', reason: undefined, hasToken: true });
  });

  it.each(['draining', 'ok'] as const)('changes nothing for an account that is %s', async (state) => {
    const account = await accountIn(state);
    expect(await fixture.newInstance().renew(account, 'chat', 'asked')).toMatchObject({ state, hasToken: true });
    expect((await fixture.account()).reason).toBe('as the test wants');
  });

  it('does not undo what the owner did meanwhile, and is kept all the same', async () => {
    const account = await accountIn('invalid');
    fixture.refresh = async ({ refreshToken }) => {
      await setOwnerState(fixture.test.table, account.id, 'disable');
      return fixture.redeem(refreshToken);
    };
    await fixture.newInstance().renew(account, 'chat', 'asked');
    const after = await fixture.account();
    expect(after).toMatchObject({
      state: 'disabled',
      reason: 'disabled by the owner',
      hasToken: true,
      canRefresh: true,
    });
    expect(after.secret).not.toBe(account.secret);
    expect(after.renewal.until).toBe(0);
  });
});

describe('a new secret of the owner', () => {
  it.each(storedStates)('puts an account back in use that was %s', async (state) => {
    const account = await accountIn(state);
    const token = accessToken(fixture.time, 900);
    expect(await addAccount(fixture.test.table, fixture.box, { token }, 'test')).toMatchObject({ outcome: 'changed' });
    expect(await fixture.account()).toMatchObject({ id: account.id, state: 'ok', reason: undefined });
  });

  it('wins over a state that a fault writes at the same time', async () => {
    const account = await accountIn('ok');
    const token = accessToken(fixture.time, 900);
    await Promise.all([
      addAccount(fixture.test.table, fixture.box, { token }, 'test'),
      ...Array.from({ length: 5 }, () =>
        fixture.test.table.update(
          accountKey(lane, account.id),
          { set: { state: 'challenge', reason: 'x' } },
          { equals: { state: 'ok', secret: account.secret } },
        ),
      ),
    ]);
    expect(await fixture.account()).toMatchObject({ state: 'ok', reason: undefined });
  });

  it('that is refused changes nothing', async () => {
    fixture.refresh = async () => {
      throw new AccountUnauthorizedError('refused');
    };
    const account = await accountIn('invalid');
    await expect(fixture.newInstance().renew(account, 'chat', 'asked')).rejects.toThrow('refused');
    expect(await fixture.account()).toMatchObject({ state: 'invalid', reason: 'as the test wants' });
  });
});
