import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { LiveComposition } from '../../../shared/composition/live-composition.ts';
import type { Access } from '../../../shared/composition/open-access.ts';
import { KeyRing } from '../../../shared/keys/key-ring.ts';
import { SettingsLog } from '../../../shared/live-settings/settings-log.ts';
import type { Environment } from '../../../shared/read-settings.ts';
import type { Attributes } from '../../../shared/store/attributes.ts';
import { liveSettingsKey } from '../../../shared/store/keys.ts';
import { StoreUnavailableError } from '../../../shared/store/store-errors.ts';
import { MemoryTable } from '../../support/memory-table.ts';

class FailingTable extends MemoryTable {
  fails = false;

  override async get(key: typeof liveSettingsKey): Promise<Attributes | undefined> {
    if (this.fails) throw new StoreUnavailableError('down');
    return super.get(key);
  }
}

const by = { by: 'key-1', at: '2026-11-22T00:00:00.000Z' };

function setup(environment: Environment = {}, overrides: Environment = {}) {
  const table = new FailingTable();
  const opened: Access[] = [];
  const clock = { time: Date.UTC(2026, 10, 22) };
  const now = () => clock.time;
  const live = new LiveComposition(
    (access) => {
      opened.push(access);
      return { title: access.settings.text('CHAT_TITLE'), port: access.settings.integer('IDLE_EVENT_SECONDS') };
    },
    {
      environment: { LOG_LEVEL: 'error', ...environment },
      overrides,
      lasting: { table, keys: new KeyRing(table) },
      now,
    },
  );
  const log = new SettingsLog(table);
  const set = async (name: string, to: string | null) => {
    const known = await log.read();
    await log.append(known, [{ name, from: known.values[name] ?? null, to }], by);
  };
  return { table, opened, live, clock, set };
}

describe('what a function works with', () => {
  it('is opened once, without a read, and at its first use reads settings and keys side by side', async () => {
    const { table, opened, live } = setup();
    expect([opened.length, table.operations.get, table.operations.query]).toEqual([1, 0, 0]);
    const current = live.current();
    // Both have begun before either has ended.
    expect([table.operations.get, table.operations.query]).toEqual([1, 1]);
    expect(await current).toMatchObject({ title: 'OpenAI API Chat' });
    expect(opened).toHaveLength(1);
  });

  it('loads none of Node’s tables of time zones, which takes 12 ms, unless the owner names a zone', async () => {
    const zones = vi.spyOn(Intl, 'DateTimeFormat');
    onTestFinished(() => zones.mockRestore());
    const { live, opened } = setup();
    await live.current();
    expect(opened[0]?.metering.calendar.day(Date.UTC(2026, 10, 22)).name).toBe('2026-11-22');
    expect(zones).not.toHaveBeenCalled();
    setup({ TIME_ZONE: 'Asia/Shanghai' });
    expect(zones).toHaveBeenCalled();
  });

  it('is at hand without a wait or a call while nothing changes', async () => {
    const { table, opened, live, clock } = setup();
    const first = await live.current();
    const { get, query } = { ...table.operations };
    for (let request = 0; request < 1000; request += 1) {
      clock.time += 9;
      expect(live.current()).toBe(first);
    }
    expect(table.operations).toMatchObject({ get, query });
    // Ten seconds old: read again behind the request, once.
    clock.time += 1000;
    for (let request = 0; request < 10; request += 1) expect(live.current()).toBe(first);
    await live.idle();
    expect(table.operations).toMatchObject({ get: get + 1, query });
    expect(opened).toHaveLength(1);
  });

  it('is opened anew for a new version, with the same table and keys, and once', async () => {
    const { opened, live, clock, set } = setup({ CHAT_TITLE: 'from the environment' });
    const before = await live.current();
    expect(before.title).toBe('from the environment');
    await set('CHAT_TITLE', 'live');
    clock.time += 10_000;
    expect(live.current()).toBe(before);
    await live.idle();
    expect(live.current()).toMatchObject({ title: 'live' });
    expect(live.current()).toBe(live.current());
    expect(opened).toHaveLength(2);
    expect([opened[1]?.table, opened[1]?.keys]).toEqual([opened[0]?.table, opened[0]?.keys]);
    // Whoever has begun with the former goes on with it.
    expect(before.title).toBe('from the environment');
    await set('CHAT_TITLE', null);
    clock.time += 61_000;
    expect(await live.current()).toMatchObject({ title: 'from the environment' });
  });

  it('keeps what one worker needs otherwise', async () => {
    const { live, set } = setup({}, { IDLE_EVENT_SECONDS: '1' });
    await set('IDLE_EVENT_SECONDS', '9');
    expect(await live.current()).toMatchObject({ port: 1 });
  });

  it('goes on with what was known when the store fails, and looks no more often for it', async () => {
    const { table, live, clock, set } = setup({}, { LOG_LEVEL: 'error' });
    table.fails = true;
    expect(await live.current()).toMatchObject({ title: 'OpenAI API Chat' });
    expect(live.current()).not.toBeInstanceOf(Promise);
    table.fails = false;
    await set('CHAT_TITLE', 'live');
    clock.time += 61_000;
    expect(await live.current()).toMatchObject({ title: 'live' });
    table.fails = true;
    clock.time += 61_000;
    expect(await live.current()).toMatchObject({ title: 'live' });
  });

  it('takes none of the stored values that it can’t use', async () => {
    const { table, live } = setup();
    const values = {
      CHAT_TITLE: 'live',
      IDLE_EVENT_SECONDS: '99',
      NO_SUCH: 'x',
      QWEN_CHAT_PROXY_URL: 'https://evil.example',
    };
    await table.put(liveSettingsKey, { version: 3, values });
    expect(await live.current()).toEqual({ title: 'live', port: 12 });
  });

  it('reads before each use when it is told to', async () => {
    const { table, live, set } = setup({ SETTINGS_CACHE_SECONDS: '0' });
    await live.current();
    await set('CHAT_TITLE', 'live');
    const { get } = { ...table.operations };
    expect(await live.current()).toMatchObject({ title: 'live' });
    expect(table.operations.get).toBe(get + 1);
  });
});
