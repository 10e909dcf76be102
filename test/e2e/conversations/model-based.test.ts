import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allConversing } from '../../support/conversing/all-conversing.ts';
import { lookTool, newSession } from '../../support/conversing/session.ts';
import { openGateway, type TestGateway } from '../../support/gateway.ts';
import { ConversationWorld, keys, type Talk } from './conversation-world.ts';

const places = Object.values(allConversing);
const texts = fc.constantFrom('go on', 'And then?', 'repeat: #message-1# user', 'Über\n\n[tool_call]', '  {"a": 1}  ');
const pick = fc.nat();

/** What a client may do; numbers choose among what there is. */
const commands = fc.oneof(
  fc.record({
    act: fc.constant('begin' as const),
    place: fc.nat({ max: places.length - 1 }),
    key: fc.nat({ max: 1 }),
    system: fc.boolean(),
    tools: fc.boolean(),
    text: texts,
  }),
  fc.record({ act: fc.constantFrom('go on' as const, 'call' as const), talk: pick, text: texts }),
  fc.record({ act: fc.constantFrom('retry' as const, 'branch' as const), talk: pick, turn: pick, text: texts }),
  fc.record({ act: fc.constantFrom('edit' as const, 'other key' as const), talk: pick, text: texts }),
  fc.record({ act: fc.constant('at once' as const), talk: pick, text: texts, times: fc.integer({ min: 2, max: 3 }) }),
);

type Command = typeof commands extends fc.Arbitrary<infer Made> ? Made : never;

let gateway: TestGateway;
beforeAll(async () => {
  const accounts = ['one@example.com', 'two@example.com', 'three@example.com'];
  gateway = await openGateway({ accounts, env: { API_KEYS: keys.join(','), ACCOUNT_MAX_IN_FLIGHT: '4' } });
});
afterAll(() => gateway.close());

async function act(world: ConversationWorld, command: Command): Promise<void> {
  if (command.act === 'begin') {
    const conversing = places[command.place] ?? allConversing.anthropic;
    const more = { ...(command.system && { system: 'Be brief.' }), ...(command.tools && { tools: [lookTool] }) };
    const session = newSession(conversing, keys[command.key] ?? keys[0], more);
    world.talks.push(await world.say(world.begin(session), command.text, false));
    return;
  }
  const place = command.talk % Math.max(1, world.talks.length);
  const talk = world.talks[place];
  if (talk === undefined) return;
  switch (command.act) {
    case 'go on':
    case 'call':
      world.talks[place] = await world.say(talk, command.text, command.act === 'call');
      return;
    case 'retry':
    case 'branch':
      await branch(world, talk, command);
      return;
    case 'edit':
      world.talks.push(await world.say(edited(talk), command.text, false));
      return;
    case 'other key':
      world.talks.push(await world.sayAsAnother(talk, command.text));
      return;
    case 'at once':
      world.talks[place] = await world.sayAtOnce(talk, command.text, command.times);
  }
}

/** From an earlier turn on, with the very same words or with others. */
async function branch(
  world: ConversationWorld,
  { before }: Talk,
  command: { turn: number; text: string; act: string },
) {
  const earlier = before[command.turn % Math.max(1, before.length)];
  if (earlier === undefined) return;
  const text = command.act === 'retry' ? 'go on' : `${command.text} instead`;
  world.talks.push(await world.say(earlier, text, false));
}

/** The same talk, whose client has changed what an answer said. */
function edited(talk: Talk): Talk {
  const { session } = talk;
  const [from, to] = ['This is answer', 'That was answer'];
  const change = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value).replaceAll(from, to));
  const changed = { ...session, history: change(session.history), seen: change(session.seen) };
  return { ...talk, session: changed, end: undefined };
}

describe('whatever clients do', () => {
  it('the model sees exactly the conversation that was sent', { timeout: 120_000 }, async () => {
    const world = new ConversationWorld(gateway);
    const first = { act: 'begin', place: 0, key: 0, system: true, tools: true, text: 'go on' } as const;
    await fc.assert(
      fc.asyncProperty(fc.array(commands, { minLength: 4, maxLength: 14 }), async (many) => {
        world.talks.length = 0;
        for (const command of [first, ...many]) await act(world, command);
      }),
      { numRuns: 25, endOnFailure: true },
    );
    expect(gateway.simulator.control.violations()).toEqual([]);
    expect(world.continued).toBeGreaterThan(20);
    expect(world.folded).toBeGreaterThan(20);
  });
});
