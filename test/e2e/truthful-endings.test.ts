import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FaultRule } from '../../local/simulator/faults/fault-rule.ts';
import type { DialectDoor, GatewayFault } from '../support/dialect-doors/dialect-door.ts';
import { dialectDoors } from '../support/dialect-doors/dialect-doors.ts';
import { openGateway, type TestGateway } from '../support/gateway.ts';
import { OpenStream } from '../support/open-stream.ts';
import { type Outcome, readOutcome } from '../support/read-outcome.ts';

const doors: readonly (readonly [string, DialectDoor])[] = Object.entries(dialectDoors);
const accounts = Array.from({ length: doors.length * 4 }, (_, number) => `account${number}@example.com`);
const good: Partial<Outcome> = {
  status: 200,
  type: '–',
  code: '–',
  text: '1 2 3 4 5 6 7 8 9 10 11 12',
  finish: 'stop',
  done: true,
};

/** Asks in every dialect at once, each for its own fault. @param who keeps apart what is asked at the same time: no name within another. */
function askAll(gateway: TestGateway, rule: FaultRule, who = 'somebody'): Promise<OpenStream[]> {
  const asked = doors.map(async ([name, door]) => {
    const says = `${who} in ${name},`;
    gateway.simulator.control.fault({ ...rule, says });
    return new OpenStream(await post(gateway, door, says));
  });
  return Promise.all(asked);
}

function post(gateway: TestGateway, door: DialectDoor, says: string, stream = true): Promise<Response> {
  const { path, body } = door.request(`${says} count to 12`, stream);
  return gateway.request('POST', path, body);
}

/** Reads all streams on until each has had so many of its dialect's empty events. */
async function untilIdle(streams: readonly OpenStream[], times: number): Promise<void> {
  await Promise.all(
    doors.map(([, door], index) =>
      streams[index]?.until((events) => events.filter((event) => door.isIdle(event)).length >= times),
    ),
  );
}

/** Reads all streams to their end, and holds each against what it must be in its dialect. */
async function expectEnds(streams: readonly OpenStream[], expected: (door: DialectDoor) => Partial<Outcome>) {
  expect(streams).toHaveLength(doors.length);
  for (const [index, [name, door]] of doors.entries()) {
    const response = await streams[index]?.end();
    if (response !== undefined) expect(await readOutcome(response, door), name).toMatchObject(expected(door));
  }
}

const isGood = () => good;

/** Nothing was shown before the error. */
function brokenBy(fault: GatewayFault, door: DialectDoor): Partial<Outcome> {
  return { status: 200, ...door.wordsOf(fault), text: '', finish: '–', done: false };
}

/** What callers see while they wait, and after the status is out. What is told by a status is in the fault matrix. */
describe.each(['start', 'dev'] as const)('a stream that is open, npm run %s', (mode) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({
      mode,
      accounts,
      env: { UPSTREAM_IDLE_SECONDS: '3', FIRST_EVENT_SECONDS: '1', IDLE_EVENT_SECONDS: '1' },
    });
  });
  beforeEach(() => gateway.simulator.control.heal());
  afterAll(() => gateway.close());

  it('is kept alive by empty events while the first word is awaited', async () => {
    const streams = await askAll(gateway, { fault: 'stall-before-head' });
    await untilIdle(streams, 1);
    gateway.simulator.control.release();
    await expectEnds(streams, isGood);
  });

  it('is kept alive by empty events in the middle of the answer', async () => {
    const streams = await askAll(gateway, { fault: 'stall-after', after: 5 });
    await untilIdle(streams, 1);
    gateway.simulator.control.release();
    await expectEnds(streams, isGood);
  });

  it('is served by another account when the first stays silent, and tells in-band when nobody answers', async () => {
    const [lucky, unlucky] = await Promise.all([
      askAll(gateway, { fault: 'stall-before-head' }, 'fortunate'),
      askAll(gateway, { fault: 'stall-before-head', times: 10 }, 'unlucky'),
    ]);
    await untilIdle(lucky, 1);
    await expectEnds(lucky, isGood);
    const fault = { status: 504, type: 'api_error', code: 'upstream_stalled' };
    await expectEnds(unlucky, (door) => brokenBy(fault, door));
  });

  it('tells a refusal in-band', async () => {
    const streams = await askAll(gateway, { fault: 'data-inspection-input', ms: 1500 });
    const fault = { status: 400, type: 'invalid_request_error', code: 'content_filter' };
    await expectEnds(streams, (door) => brokenBy(fault, door));
  });
});

/** The clock of this process is put forward, simulator included; nothing else is out of the ordinary. */
describe('half a minute of silence, with the default settings', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    const timers = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] as const;
    vi.useFakeTimers({ toFake: [...timers], shouldAdvanceTime: true });
    gateway = await openGateway({ accounts });
  });
  afterAll(async () => {
    await gateway.close();
    vi.useRealTimers();
  });

  it('streamed: two empty events, then the rest', async () => {
    const streams = await askAll(gateway, { fault: 'stall-after', after: 5 });
    for (const [index, [, door]] of doors.entries()) {
      await streams[index]?.until((events) => door.readStream(events).text === '1 2 3 4 5');
    }
    await vi.advanceTimersByTimeAsync(30_000);
    await untilIdle(streams, 2);
    gateway.simulator.control.release();
    await expectEnds(streams, isGood);
    for (const [index, [name, door]] of doors.entries()) {
      expect(
        streams[index]?.events.filter((event) => door.isIdle(event)),
        name,
      ).toHaveLength(2);
    }
  });

  it.each(doors)('%s, whole: the answer', async (name, door) => {
    const { control } = gateway.simulator;
    control.fault({ fault: 'stall-after', after: 5 });
    const before = control.requests().length;
    const response = post(gateway, door, name, false);
    await control.waitFor(({ number, stalled }) => number > before && stalled);
    await vi.advanceTimersByTimeAsync(30_000);
    control.release();
    expect(await readOutcome(await response, door)).toMatchObject(good);
  });
});
