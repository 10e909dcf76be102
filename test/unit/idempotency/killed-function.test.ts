import { describe, expect, it } from 'vitest';
import { type Plan, pieceOf, streaming, wholeOf } from './handlers.ts';
import { openWorld, plan } from './world.ts';

describe('a function that is killed', () => {
  const total = plan.waits.reduce((sum, wait) => sum + wait, 0);
  const moments = plan.waits.map(
    (_wait, index) => plan.waits.slice(0, index + 1).reduce((sum, wait) => sum + wait, 0) + 1,
  );

  it.each(moments.slice(2, -1))(
    'after %i ms leaves the key to the next one, when its lease is over',
    async (moment) => {
      const { clock, ask, answers, instance } = openWorld();
      const killed = instance();
      void ask({}, killed);
      await clock.pass(moment);
      killed.kill();
      const startedAt = clock.now();
      // It is taken for alive, and what it has written is shown, so the break is told in the stream.
      const follower = await clock.until(ask());
      expect(follower.text.startsWith(pieceOf(1, 0))).toBe(true);
      expect(follower.text).toContain('"code":"idempotent_answer_lost"');
      expect(follower.text).not.toContain('[DONE]');
      expect(clock.now() - startedAt).toBeLessThan(35_000);
      expect((await clock.until(ask())).text).toBe(wholeOf(2, plan));
      expect((await clock.until(ask())).text).toBe(wholeOf(2, plan));
      expect(answers()).toBe(2);
    },
  );

  it.each([100, ...moments.slice(0, 2)])(
    'after %i ms, with nothing to show, is stood in for by whoever waits',
    async (moment) => {
      const { clock, ask, answers, instance } = openWorld();
      const killed = instance();
      void ask({}, killed);
      await clock.pass(moment);
      killed.kill();
      const got = await clock.until(Promise.all([ask(), ask(), ask()]));
      expect(got.map(({ text }) => text)).toEqual(got.map(() => wholeOf(2, plan)));
      expect(answers()).toBe(2);
    },
  );

  it('when the answer is out has done its work', async () => {
    const { clock, ask, answers, instance } = openWorld();
    const killed = instance();
    await clock.until(ask({}, killed));
    killed.kill();
    expect((await clock.until(ask())).text).toBe(wholeOf(1, plan));
    expect(answers()).toBe(1);
  });

  it('at the moment when its caller has the last piece has done its work', async () => {
    const { clock, ask, answers, instance } = openWorld();
    const killed = instance();
    const last = plan.waits.length + 1;
    const gotAll = new Promise<void>((resolve) => {
      const onPiece = (pieces: number) => {
        if (pieces !== last) return;
        killed.kill();
        resolve();
      };
      void ask({ onPiece }, killed);
    });
    await clock.until(gotAll);
    expect((await clock.until(ask())).text).toBe(wholeOf(1, plan));
    expect(answers()).toBe(1);
  });

  it('is not confused with one that is slow', async () => {
    const slow: Plan = { waits: [total, 200_000, 100_000], end: 'good' };
    const { clock, ask, answers } = openWorld(streaming, [slow]);
    const [first, other] = await clock.until(Promise.all([ask(), ask()]));
    expect(other.text).toBe(first.text);
    expect(answers()).toBe(1);
  });
});
