import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../../shared/admin/backup/canonical-json.ts';

describe('canonicalJson', () => {
  it('is the same whatever the order and the layout, and reads as the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(JSON.stringify(turned(value), null, 3)))).toBe(text);
      }),
    );
  });

  it('tells every change of any character of a document that is still one', () => {
    const text = JSON.stringify({
      format: 'qwen-gateway-export',
      version: 1,
      made_at: '2026-11-22T10:00:00.000Z',
      settings: { OUTPUT_THINK: 'false' },
      keys: [{ id: 'key-0000000000aa', role: 'user', models: ['a', 'b'] }],
      accounts: [{ reason: null }],
      webhook: { has_secret: true },
    });
    const canonical = canonicalJson(JSON.parse(text));
    let tried = 0;
    for (let place = 0; place < text.length; place += 1) {
      for (const letter of ['x', '1', ' ', '"']) {
        if (text[place] === letter) continue;
        const changed = parse(text.slice(0, place) + letter + text.slice(place + 1));
        if (changed === undefined) continue;
        tried += 1;
        expect(canonicalJson(changed)).not.toBe(canonical);
      }
    }
    expect(tried).toBeGreaterThan(text.length);
  });
});

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The same with the members of every object the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, member]) => [name, turned(member)]),
  );
}
