import { dialects } from '../../../shared/dialects/registry.ts';
import type { DialectDoor } from '../../support/dialect-doors/dialect-door.ts';
import { dialectDoors } from '../../support/dialect-doors/dialect-doors.ts';

const forms = ['streamed', 'whole'] as const;
export type Form = (typeof forms)[number];

/** One way of asking: a dialect, and whether its answer comes in pieces. */
export interface Column {
  readonly name: string;
  readonly dialect: string;
  readonly door: DialectDoor;
  readonly form: Form;
}

const doors: ReadonlyMap<string, DialectDoor> = new Map(Object.entries(dialectDoors));

/** Every registered dialect, by name, and how tests speak it. */
export const registered = Object.keys(dialects).map((name) => ({ name, door: doors.get(name) }));

/** The columns of every matrix. A dialect without a door has none; `coverage.test.ts` tells of it. */
export const columns: readonly Column[] = registered.flatMap(({ name, door }) =>
  door === undefined ? [] : forms.map((form) => ({ name: `${name} ${form}`, dialect: name, door, form })),
);
