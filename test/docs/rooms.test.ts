import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readPage } from './support/pages.ts';
import { spansIn, tableRowsOf } from './support/table-rows.ts';

type Rooms = Readonly<Record<string, readonly string[]>>;

/** The table of rooms in the test of the arrows, which is the truth: a literal of texts, and so all but JSON. */
function enforcedRooms(): Rooms {
  const source = readFileSync('test/architecture/arrows.test.ts', 'utf8');
  const literal = /const allowed[^=]*= (\{[\s\S]*?\n\});/.exec(source)?.[1] ?? '';
  const json = literal
    .replaceAll("'", '"')
    .replaceAll(/^(\s*)(\w+):/gm, '$1"$2":')
    .replaceAll(/,(\s*[\]}])/g, '$1');
  return JSON.parse(json);
}

const roomName = (span: string) => span.replace(/(?:\/|\.ts)$/, '');

it('docs/architecture.md has the rooms and arrows that the test of the arrows enforces', () => {
  const enforced = enforcedRooms();
  const rows = tableRowsOf(readPage('docs/architecture.md'));
  const listed = rows.flatMap(([room = '', , from = '']) => {
    const name = roomName(spansIn(room)[0] ?? '');
    return Object.hasOwn(enforced, name) ? [[name, spansIn(from).map(roomName).sort()] as const] : [];
  });
  const sorted = Object.entries(enforced).map(([room, from]) => [room, [...from].sort()] as const);
  expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(sorted));
});
