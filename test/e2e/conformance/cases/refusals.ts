import { expect } from 'vitest';
import type { JournalEntry } from '../../../../local/simulator/control/journal.ts';
import type { ConformanceCase } from '../bench.ts';
import { failureOf } from '../failure-of.ts';
import { countRequests } from '../request-count.ts';

/** Clients keep their own retries: what repeating can't cure must not be repeated. */
const wrongKey: ConformanceCase = {
  name: '401',
  async run({ client, place, gateway }) {
    const stranger = client.connect({ ...place, key: 'sk-wrong-key' });
    for (const ask of [() => stranger.text('hi'), () => stranger.stream('hi')]) {
      const { error, requests } = await failedCall(place.url, ask);
      expect(client.isAuthenticationError(error), String(error)).toBe(true);
      expect(requests).toBe(1);
      expect(String(error)).not.toContain(gateway.adminKey);
    }
    return undefined;
  },
};

const unknownModel: ConformanceCase = {
  name: 'unknown model',
  async run({ client, place }) {
    const lost = client.connect({ ...place, model: 'qwen-nope' });
    for (const ask of [() => lost.text('hi'), () => lost.stream('hi')]) {
      const { error, requests } = await failedCall(place.url, ask);
      expect(client.isNotFoundError(error), String(error)).toBe(true);
      expect(String(error)).toContain('qwen-nope');
      expect(requests).toBe(1);
    }
    return undefined;
  },
};

/** An answer that broke must never look like a good one. What was seen of it can't be taken back, so nobody asks again. */
const brokenStream: ConformanceCase = {
  name: 'broken stream',
  async run({ gateway, use }) {
    const { control } = gateway.simulator;
    control.fault({ fault: 'cut-after', after: 40, times: 100 });
    const before = control.requests().at(-1)?.number ?? 0;
    const error = await failureOf(use.stream('count to 60'));
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toMatch(/broke off/);
    const asked = control.requests().filter(({ number, route }) => number > before && route === 'completion');
    expect(asked).toHaveLength(1);
    return undefined;
  },
};

/** The upstream falls silent after a few words, so the caller surely leaves in the middle. */
const abort: ConformanceCase = {
  name: 'abort',
  async run({ client, gateway, use }) {
    const { control } = gateway.simulator;
    const before = control.requests().at(-1)?.number ?? 0;
    control.fault({ fault: 'stall-after', after: 5 });
    const error = await use.abort('count to 60');
    expect(client.isAbortError(error), String(error)).toBe(true);
    const isOver = (kind: string) => (entry: JournalEntry) =>
      entry.number > before && entry.route === kind && entry.outcome !== 'open';
    expect((await control.waitFor(isOver('completion'))).outcome).toBe('client-gone');
    await control.waitFor(isOver('stop'));
    // The chat was made for this one answer.
    await control.waitFor(isOver('chat-delete'));
    expect(control.activeStreams()).toEqual([]);
    return undefined;
  },
};

async function failedCall(url: string, ask: () => Promise<unknown>): Promise<{ error: unknown; requests: number }> {
  let error: unknown;
  const requests = await countRequests(url, async () => {
    error = await failureOf(ask());
  });
  return { error, requests };
}

export const refusalCases = { wrongKey, unknownModel, brokenStream, abort };
