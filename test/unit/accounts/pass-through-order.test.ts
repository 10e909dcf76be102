import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderTokens } from '../../../shared/accounts/pass-through/token-order.ts';
import { CallerToken } from '../../../shared/chat/caller-token.ts';

const tokensOf = (names: readonly string[]) => names.map((name) => new CallerToken(name));
const namesIn = (tokens: readonly CallerToken[]) => tokens.map((token) => token.reveal());
const order = (names: readonly string[], conversation: string) =>
  namesIn(orderTokens(tokensOf(names), () => conversation));
const someNames = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 12 });

describe('orderTokens', () => {
  it('gives every token once, in an order that does not depend on how they were sent', () => {
    fc.assert(
      fc.property(someNames, fc.string(), fc.infiniteStream(fc.nat()), (names, conversation, chance) => {
        const shuffled = names
          .map((name) => ({ name, place: chance.next().value }))
          .sort((one, other) => one.place - other.place)
          .map(({ name }) => name);
        expect(order(shuffled, conversation)).toEqual(order(names, conversation));
        expect(order(names, conversation).toSorted()).toEqual(names.toSorted());
      }),
    );
  });

  it('keeps the order of those that stay when one is left out', () => {
    fc.assert(
      fc.property(someNames, fc.string(), fc.nat(), (names, conversation, place) => {
        const gone = names[place % names.length];
        const staying = names.filter((name) => name !== gone);
        expect(order(staying, conversation)).toEqual(order(names, conversation).filter((name) => name !== gone));
      }),
    );
  });

  it('spreads conversations over all tokens', () => {
    const names = ['a', 'b', 'c', 'd'];
    const counts = new Map(names.map((name) => [name, 0]));
    for (let conversation = 0; conversation < 4000; conversation++) {
      const [first = ''] = order(names, `conversation ${conversation}`);
      counts.set(first, (counts.get(first) ?? 0) + 1);
    }
    for (const count of counts.values()) {
      expect(count).toBeGreaterThan(850);
      expect(count).toBeLessThan(1150);
    }
  });

  it('does not look for the conversation when there is nothing to choose', () => {
    const unasked = () => {
      throw new Error('asked');
    };
    expect(namesIn(orderTokens(tokensOf(['a']), unasked))).toEqual(['a']);
    expect(() => orderTokens(tokensOf(['a', 'b']), unasked)).toThrow('asked');
  });
});
