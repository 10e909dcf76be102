import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AccountHealth } from '../../../shared/accounts/account-health.ts';
import { isReady } from '../../../shared/accounts/is-ready.ts';
import { version } from '../../../shared/endpoints/show-info.ts';

const now = 1_000_000;
const account: AccountHealth = {
  id: 'a',
  lane: 'qwen-web',
  label: '',
  source: '',
  state: 'ok',
  waits: {},
  canSignIn: true,
};
const waiting = (until: number): AccountHealth => ({
  ...account,
  waits: { chat: { until, cause: 'limit', length: 1, probeUntil: 0 } },
});
const cases: readonly (readonly [boolean, AccountHealth])[] = [
  [true, account],
  [true, waiting(now)],
  [false, waiting(now + 1)],
  [false, { ...account, state: 'challenge' }],
];

describe('what everybody may know', () => {
  it('has the version of the package', () => {
    expect(version).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version);
  });

  it.each(cases)('calls an account ready: %s for %o', (ready, health) => {
    expect(isReady(health, now)).toBe(ready);
  });
});
