import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { followImport } from '../../../shared/admin/imports/follow-import.ts';
import type { ImportItem, ImportSnapshot } from '../../../shared/admin/imports/import-snapshot.ts';

const item = (number: number, state: ImportItem['state']): ImportItem => ({
  item: number,
  name: `n${number}`,
  state,
  accountId: undefined,
  reason: undefined,
  finishedAt: state === 'waiting' ? undefined : Date.now(),
});

/** An import in which these items are finished. */
function snapshot(total: number, finished: ReadonlySet<number>, isDone: boolean): ImportSnapshot {
  const items = Array.from({ length: total }, (_, number) => item(number, finished.has(number) ? 'added' : 'waiting'));
  return { id: 'i', createdAt: Date.now(), finishedAt: isDone ? Date.now() : undefined, total, items };
}

/** Follows until the connection is cut after some events, or to the end. */
async function follow(
  snapshots: readonly ImportSnapshot[],
  lastEventId: string | undefined,
  cutAfter = Number.POSITIVE_INFINITY,
) {
  const [first, ...rest] = snapshots;
  if (first === undefined) throw new Error('Nothing to follow');
  const waiting = [...rest];
  let ended = false;
  const { pieces } = followImport({
    first,
    read: async () => waiting.shift(),
    lastEventId,
    signal: new AbortController().signal,
    interval: 0,
    onEnd: () => {
      ended = true;
    },
  });
  const events: { id: string; event: string; data: { item?: number } }[] = [];
  reading: for await (const piece of pieces) {
    for (const block of piece.trim().split('\n\n')) {
      const [id = '', event = '', data = ''] = block.split('\n').map((line) => line.slice(line.indexOf(':') + 2));
      events.push({ id, event, data: JSON.parse(data) });
      if (events.length >= cutAfter) break reading;
    }
  }
  return { events, ended };
}

describe('following an import', () => {
  it('tells each item once however often the connection is cut, in whatever order items finish', () =>
    fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], { minLength: 10 }),
        fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 6 }),
        async (order, cuts) => {
          const states = order.map((_, count) => snapshot(10, new Set(order.slice(0, count)), false));
          const all = [...states, snapshot(10, new Set(order), true)];
          const told: number[] = [];
          let lastEventId: string | undefined;
          for (const cut of [...cuts, Number.POSITIVE_INFINITY]) {
            const { events, ended } = await follow(all, lastEventId, cut);
            told.push(...events.flatMap(({ event, data }) => (event === 'item' ? (data.item ?? -1) : [])));
            lastEventId = events.at(-1)?.id ?? lastEventId;
            expect(ended).toBe(true);
            if (cut === Number.POSITIVE_INFINITY) expect(events.at(-1)?.event).toBe('end');
          }
          expect(told.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        },
      ),
      { numRuns: 30 },
    ));

  it('takes any last event id for nothing seen when it is none', async () => {
    const { events } = await follow([snapshot(2, new Set([0, 1]), true)], '???');
    expect(events.map(({ event }) => event)).toEqual(['item', 'item', 'progress', 'end']);
  });

  it('says that an import has stalled instead of waiting for ever', async () => {
    const old = { ...snapshot(2, new Set(), false), createdAt: Date.now() - 3600_000 };
    const { events } = await follow([old], undefined);
    expect(events).toMatchObject([{ event: 'end', data: { state: 'stalled', waiting: 2 } }]);
  });

  it('tells a failure of the store in a last event that is no end', async () => {
    const { pieces } = followImport({
      first: snapshot(1, new Set(), false),
      read: () => Promise.reject(new Error('secret details')),
      lastEventId: undefined,
      signal: new AbortController().signal,
      interval: 0,
      onEnd: () => {},
    });
    const told: string[] = [];
    for await (const piece of pieces) told.push(piece);
    expect(told.join('')).toMatch(/^id: \S*\nevent: error\n/);
    expect(told.join('')).not.toContain('secret details');
  });
});
