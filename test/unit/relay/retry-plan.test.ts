import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccountUnauthorizedError, ChallengeError } from '../../../shared/chat/errors/account-faults.ts';
import {
  ChatGoneError,
  ContentFilterError,
  UpstreamUnavailableError,
} from '../../../shared/chat/errors/answer-faults.ts';
import { RetryPlan } from '../../../shared/relay/retry-plan.ts';

const never = new ContentFilterError('x');
const once = new UpstreamUnavailableError('x');
const newChat = new ChatGoneError('x');
const renew = new AccountUnauthorizedError('x');
const other = new ChallengeError('x');

describe('RetryPlan', () => {
  it('gives up at once on what fails everywhere', () => {
    expect(new RetryPlan(false).after('a', never)).toBe('give-up');
  });

  it('repeats a passing fault once, on any account', () => {
    const plan = new RetryPlan(false);
    expect(plan.after('a', once)).toBe('lease-another');
    expect([...plan.excluded]).toEqual([]);
    expect(plan.after('b', once)).toBe('give-up');
  });

  it('leaves an account that can’t serve', () => {
    const plan = new RetryPlan(false);
    expect(plan.after('a', other)).toBe('lease-another');
    expect(plan.after('b', other)).toBe('lease-another');
    expect([...plan.excluded]).toEqual(['a', 'b']);
  });

  it('renews a token twice per account, by refresh and by sign-in, then leaves the account', () => {
    const plan = new RetryPlan(false);
    expect(plan.after('a', renew)).toBe('renew-token');
    expect(plan.after('a', renew)).toBe('renew-token');
    expect(plan.after('a', renew)).toBe('lease-another');
    expect([...plan.excluded]).toEqual(['a']);
    expect(plan.after('b', renew)).toBe('renew-token');
    expect(plan.afterFailedRenewal('b')).toBe('lease-another');
    expect([...plan.excluded]).toEqual(['a', 'b']);
  });

  it('never leaves the account that owns the chat', () => {
    expect(new RetryPlan(true).after('a', other)).toBe('give-up');
    expect(new RetryPlan(true).after('a', newChat)).toBe('give-up');
    expect(new RetryPlan(true).after('a', renew)).toBe('renew-token');
    expect(new RetryPlan(true).after('a', once)).toBe('lease-another');
  });

  it('tries a chat that knows the conversation once, and then all of it anew', () => {
    const plan = new RetryPlan(false);
    plan.enterThread();
    expect(plan.after('a', renew)).toBe('renew-token');
    expect(plan.after('a', newChat)).toBe('give-up');
    plan.leaveThread();
    expect([...plan.excluded]).toEqual([]);
    expect(plan.after('a', newChat)).toBe('lease-another');
  });

  it('leaves the account of such a chat when it can’t serve', () => {
    const plan = new RetryPlan(false);
    plan.enterThread();
    expect(plan.after('a', other)).toBe('give-up');
    plan.leaveThread();
    expect([...plan.excluded]).toEqual(['a']);
    expect(plan.after('b', other)).toBe('lease-another');
  });

  it('begins nothing more once its time is up', () => {
    let now = 1000;
    const plan = new RetryPlan(false, () => now);
    expect(plan.remaining).toBe(60_000);
    now += 59_999;
    expect(plan.after('a', other)).toBe('lease-another');
    now += 1;
    expect(plan.remaining).toBe(0);
    expect(plan.after('b', other)).toBe('give-up');
  });

  it('pauses a moment before it repeats what failed in passing, never the same for all callers', () => {
    const plan = new RetryPlan(false);
    const pauses = Array.from({ length: 50 }, () => plan.pauseAfter(once));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(100);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(400);
    expect(new Set(pauses).size).toBeGreaterThan(1);
    expect(plan.pauseAfter(other)).toBe(0);
  });

  it('ends, whatever comes', () => {
    const errors = fc.constantFrom(once, newChat, renew, other);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), errors), { minLength: 6, maxLength: 6 }),
        fc.boolean(),
        (story, pinned) => {
          const plan = new RetryPlan(pinned);
          const steps = story.map(([account, error]) => plan.after(account, error));
          expect(steps).toContain('give-up');
        },
      ),
    );
  });
});
