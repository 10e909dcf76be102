import { describe, expect, it } from 'vitest';
import {
  eventMeanings,
  isStored,
  nextState,
  type SchedulerEvent,
  type SchedulerState,
  stateMeanings,
  transitions,
} from '../../../shared/accounts/account-states.ts';

// Object.keys forgets the names' types.
const isState = (name: string): name is SchedulerState => name in stateMeanings;
const isEvent = (name: string): name is SchedulerEvent => name in eventMeanings;
const states = Object.keys(stateMeanings).filter(isState);
const events = Object.keys(eventMeanings).filter(isEvent);

describe('the table of states', () => {
  it('names no pair of state and event twice', () => {
    const pairs = transitions.flatMap(({ from, event }) => from.map((state) => `${state} ${event}`));
    expect(new Set(pairs).size).toBe(pairs.length);
  });

  it('reaches every state from ok, and ok from every state', () => {
    const reached = new Set<SchedulerState>(['ok']);
    const returning = new Set<SchedulerState>(['ok']);
    for (const _ of states) {
      for (const { from, to } of transitions) {
        if (from.some((state) => reached.has(state))) reached.add(to);
        if (returning.has(to)) for (const state of from) returning.add(state);
      }
    }
    expect([...reached].toSorted()).toEqual(states.toSorted());
    expect([...returning].toSorted()).toEqual(states.toSorted());
  });

  it.each(['protocol', 'transport', 'content'] as const)('benches nobody for a fault of class %s', (event) => {
    for (const state of states) expect([undefined, 'ok']).toContain(nextState(state, event));
  });

  it('moves to a waiting state by limits and quotas only, and to a blocked one by its own faults only', () => {
    const causes = (to: SchedulerState) =>
      events.filter((event) => states.some((state) => nextState(state, event) === to));
    expect(causes('wait')).toEqual(['limit', 'quota']);
    expect(causes('invalid')).toEqual(['auth', 'token-ended']);
    expect(causes('challenge')).toEqual(['challenge']);
    expect(causes('disabled')).toEqual(['account', 'disable']);
  });

  it('lets an owner take every account out of use, and put every one back by a new secret', () => {
    for (const state of states.filter((name) => name !== 'disabled')) {
      expect(nextState(state, 'disable')).toBe('disabled');
    }
    for (const state of states.filter((name) => isStored(name) && name !== 'ok')) {
      expect(nextState(state, 'renew')).toBe('ok');
    }
  });

  it('undoes no act of an owner by a fault', () => {
    const faults = events.filter((event) => !['renew', 'enable'].includes(event));
    for (const event of faults) expect(nextState('disabled', event)).toBeUndefined();
  });
});
