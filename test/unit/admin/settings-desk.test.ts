import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SettingsDesk } from '../../../shared/admin/settings/settings-desk.ts';
import { readLiveValues } from '../../../shared/live-settings/live-values.ts';
import { SettingsLog } from '../../../shared/live-settings/settings-log.ts';
import type { Environment } from '../../../shared/read-settings.ts';
import { liveSettingsKey, settingsChangeKey } from '../../../shared/store/keys.ts';
import { MemoryTable } from '../../support/memory-table.ts';

function setup(environment: Environment = {}) {
  const table = new MemoryTable();
  const log = new SettingsLog(table);
  const desk = new SettingsDesk({ log, environment, changed: () => Promise.resolve() });
  return { table, log, desk };
}

describe('SettingsDesk', () => {
  it('sets values and takes them away, and counts only what is a change', async () => {
    const { desk } = setup();
    expect(await desk.change({ CHAT_TITLE: 'one', OPEN_MODE: 'true' }, 'me')).toEqual({
      version: 1,
      values: { CHAT_TITLE: 'one', OPEN_MODE: 'true' },
    });
    expect((await desk.change({ CHAT_TITLE: 'one' }, 'me')).version).toBe(1);
    expect((await desk.change({ PUBLIC_MODELS: null }, 'me')).version).toBe(1);
    expect(await desk.change({ CHAT_TITLE: null }, 'me')).toEqual({ version: 2, values: { OPEN_MODE: 'true' } });
    expect(await desk.history(10)).toMatchObject([
      { version: 2, by: 'me', changes: [{ name: 'CHAT_TITLE', from: 'one', to: null }] },
      { version: 1 },
    ]);
  });

  it.each([
    [{ OPEN_MODE: 'yes', IDLE_EVENT_SECONDS: '99' }, /OPEN_MODE must be true or false\. IDLE_EVENT_SECONDS must be/],
    [{ NO_SUCH: 'x' }, /NO_SUCH is no setting/],
    [{ PORT: '1' }, /PORT can’t be changed while the gateway runs\. Only the laptop/],
    [{ API_KEY: 'sk-x' }, /API_KEY can’t be changed while the gateway runs\. It is a secret/],
    [{ QWEN_CHAT_PROXY_URL: 'https://evil.example' }, /tokens go there/],
    [{ WEBHOOK_PRIVATE: 'true' }, /for a laptop alone/],
    [{ IDLE_EVENT_SECONDS: '' }, /IDLE_EVENT_SECONDS must be/],
    [{ PROXY_URL: 'http://host:99999' }, /PROXY_URL must be/],
    [{ TIME_ZONE: 'Nowhere/Land' }, /TIME_ZONE must be/],
    [{ __proto__: null, constructor: 'x' }, /constructor is no setting/],
  ])('refuses %j', async (values, words) => {
    const { desk, table } = setup();
    await expect(desk.change(values, 'me')).rejects.toThrow(words);
    expect(table.operations.put).toBe(0);
  });

  it('can take away what another version has stored, and set it no more', async () => {
    const { desk, table } = setup();
    await table.put(liveSettingsKey, { version: 0, values: { OLD: 'x', CHAT_TITLE: 'one' } });
    await expect(desk.change({ OLD: 'y' }, 'me')).rejects.toThrow(/OLD is no setting/);
    await expect(desk.change({ OTHER: null }, 'me')).rejects.toThrow(/OTHER is no setting/);
    expect((await desk.change({ OLD: null }, 'me')).values).toEqual({ CHAT_TITLE: 'one' });
    await expect(desk.undo(1, 'me')).rejects.toThrow(/OLD is no setting/);
  });

  it('heeds that behind the edge a stream must open in time', async () => {
    const values = { FIRST_EVENT_SECONDS: '60' };
    await expect(setup({ ORIGIN_SECRET: 'x'.repeat(40) }).desk.change(values, 'me')).rejects.toThrow(/CloudFront/);
    expect((await setup().desk.change(values, 'me')).version).toBe(1);
  });

  it('undoes a change unless one of its settings has changed since', async () => {
    const { desk } = setup();
    await desk.change({ CHAT_TITLE: 'one' }, 'me');
    await desk.change({ CHAT_TITLE: 'two', OPEN_MODE: 'true' }, 'me');
    await desk.change({ PUBLIC_MODELS: 'true' }, 'me');
    expect((await desk.undo(2, 'you')).values).toEqual({ CHAT_TITLE: 'one', PUBLIC_MODELS: 'true' });
    expect((await desk.history(1))[0]).toMatchObject({ version: 4, by: 'you' });
    await expect(desk.undo(2, 'me')).rejects.toMatchObject({ code: 'settings_changed', param: 'CHAT_TITLE' });
    // An undo is a change like others.
    expect((await desk.undo(4, 'me')).values).toMatchObject({ CHAT_TITLE: 'two', OPEN_MODE: 'true' });
    await expect(desk.undo(99, 'me')).rejects.toMatchObject({ code: 'change_not_found' });
    await expect(desk.undo(0, 'me')).rejects.toMatchObject({ code: 'change_not_found' });
  });

  it('refuses an owner who has looked at other settings', async () => {
    const { desk } = setup();
    await desk.change({ CHAT_TITLE: 'one' }, 'me', 0);
    await expect(desk.change({ CHAT_TITLE: 'two' }, 'you', 0)).rejects.toMatchObject({ code: 'settings_changed' });
    expect((await desk.change({ CHAT_TITLE: 'two' }, 'you', 1)).version).toBe(2);
  });

  it('finishes what a writer has begun that died', async () => {
    const { desk, table } = setup();
    await desk.change({ CHAT_TITLE: 'one' }, 'me');
    const change = { name: 'CHAT_TITLE', from: 'one', to: 'two' };
    await table.put(settingsChangeKey(2), { at: '', by: 'dead', writeId: 'w', changes: [change] });
    expect(await desk.read()).toEqual({ version: 2, values: { CHAT_TITLE: 'two' } });
    expect(readLiveValues(table.peek(liveSettingsKey))).toEqual({ version: 2, values: { CHAT_TITLE: 'two' } });
  });

  it('loses no change of many at once: the history leads to what counts, whoever was refused', async () => {
    const value = fc.constantFrom('a', 'b', null);
    const act = fc.record({ CHAT_TITLE: value, DEFAULT_MODEL: value }, { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(act, { minLength: 1, maxLength: 4 }), { maxLength: 5 }), async (rounds) => {
        const { desk, log } = setup();
        let accepted = 0;
        for (const acts of rounds) {
          const before = (await desk.read()).version;
          const ends = await Promise.allSettled(acts.map((values) => desk.change(values, 'me')));
          const after = (await desk.read()).version;
          for (const end of ends) {
            if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'settings_changed' });
          }
          accepted += after - before;
        }
        const { version, values } = await desk.read();
        expect(version).toBe(accepted);
        const replayed = new Map<string, string>();
        for (const { changes } of (await log.newest(100)).toReversed()) {
          for (const { name, from, to } of changes) {
            expect(replayed.get(name) ?? null).toBe(from);
            if (to === null) replayed.delete(name);
            else replayed.set(name, to);
          }
        }
        expect(Object.fromEntries(replayed)).toEqual(values);
      }),
      { numRuns: 60 },
    );
  });
});
