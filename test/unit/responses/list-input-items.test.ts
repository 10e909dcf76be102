import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listInputItems } from '../../../shared/responses/list-input-items.ts';

const items = Array.from({ length: 45 }, (_, index) => ({ id: `msg_${index}` }));
const ids = (data: readonly object[]) => data.map((item) => Reflect.get(item, 'id'));

describe('a page of input items', () => {
  it('holds the newest 20 unless asked otherwise', () => {
    const page = listInputItems(items, {});
    expect(ids(page.data)).toEqual(ids(items.toReversed().slice(0, 20)));
    expect(page).toMatchObject({ object: 'list', first_id: 'msg_44', last_id: 'msg_25', has_more: true });
  });

  it('may be empty', () => {
    expect(listInputItems([], {})).toEqual({
      object: 'list',
      data: [],
      first_id: null,
      last_id: null,
      has_more: false,
    });
  });

  it('follows another, so that all together are all items once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.constantFrom('asc', 'desc'), (limit, order) => {
        const seen: unknown[] = [];
        let after: string | undefined;
        for (;;) {
          const page = listInputItems(items, { limit: String(limit), order, after });
          seen.push(...ids(page.data));
          if (!page.has_more) break;
          after = page.last_id ?? undefined;
        }
        expect(seen).toEqual(ids(order === 'asc' ? items : items.toReversed()));
      }),
    );
  });

  it.each([
    [{ limit: '0' }, 'limit'],
    [{ limit: '101' }, 'limit'],
    [{ limit: 'ten' }, 'limit'],
    [{ limit: '-1' }, 'limit'],
    [{ order: 'up' }, 'order'],
    [{ after: 'msg_99' }, 'after'],
  ])('is refused for %j', (query, param) => {
    expect(() => listInputItems(items, query)).toThrow(expect.objectContaining({ status: 400, param }));
  });
});
