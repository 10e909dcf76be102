import { describe, expect, it } from 'vitest';
import type { FaultName } from '../../../local/simulator/faults/fault-rule.ts';
import { ask as question } from '../../support/gateway.ts';
import { readOutcome } from '../../support/read-outcome.ts';
import { Arena, type Mode } from './arena.ts';
import { type Column, columns, type Form } from './columns.ts';
import { numbers, served } from './fault-row.ts';
import { expectedOf } from './play-cell.ts';

const modes: readonly Mode[] = ['start', 'dev'];

/** What the first two accounts of three answer, and what becomes of the three. */
const deaths = {
  streamed: { faults: ['rgv587', 'quota-limited'], states: ['challenge', 'ok', 'wait'] },
  whole: { faults: ['account-pending', 'empty-body'], states: ['disabled', 'ok', 'wait'] },
} as const satisfies Record<Form, { readonly faults: readonly FaultName[]; readonly states: readonly string[] }>;

async function askPastTheDead(arena: Arena, { door, form, name }: Column) {
  const { control } = arena.gateway.simulator;
  for (const fault of deaths[form].faults) control.fault({ fault });
  const { path, body } = door.request(`count to ${numbers}, ${name}.`, form === 'streamed');
  const outcome = await readOutcome(await arena.gateway.request('POST', path, body), door);
  const states = (await arena.accounts()).map(({ state }) => state).toSorted();
  return { outcome, asked: arena.asked(`${name}.`), states };
}

describe.each(modes)('a pool of three of which two are dead, npm run %s', (mode) => {
  // Every dialect's function meets its accounts for the first time; they are made anew for the next.
  it.each(Object.keys(deaths))('serves every dialect, %s', async (form) => {
    const arena = await Arena.open({ mode, accounts: 3 });
    try {
      for (const column of columns.filter((candidate) => candidate.form === form)) {
        const { outcome, asked, states } = await askPastTheDead(arena, column);
        expect({ ...outcome, attempts: asked.length, state: 'ok' }, column.name).toEqual(expectedOf(served(3), column));
        expect(new Set(asked).size).toBe(3);
        expect(states).toEqual(deaths[column.form].states);
        await arena.renewAccounts();
      }
    } finally {
      await arena.close();
    }
  });
});

describe('as many dead accounts as are tried for one request, and more', () => {
  it.each([
    { accounts: 6, seen: { status: 403, code: 'accounts_challenged', shouldRetry: 'false' } },
    { accounts: 8, seen: { status: 429, code: 'rate_limit_exceeded', shouldRetry: '–', retryAfter: '1' } },
  ])('$accounts accounts: $seen.code', async ({ accounts, seen }) => {
    const arena = await Arena.open({ mode: 'start', accounts });
    try {
      arena.gateway.simulator.control.fault({ fault: 'rgv587', times: 6 });
      const ask = () => arena.gateway.request('POST', '/v1/chat/completions', question(`count to ${numbers}`));
      expect(await readOutcome(await ask())).toMatchObject({ ...seen, done: false });
      // The caller who comes again is served by those who are left.
      expect(await readOutcome(await ask())).toMatchObject({ done: accounts > 6 });
    } finally {
      await arena.close();
    }
  });
});
