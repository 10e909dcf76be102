import type { Fields, JsonSchema } from './json-schema.ts';
import type { Tag } from './tags.ts';

/** What a route takes in its body. */
export interface BodyDocument {
  readonly json?: JsonSchema;
  /** Fields of a form; those of a file have the format `binary`. */
  readonly form?: JsonSchema;
  /** Whether nothing at all will do as well. */
  readonly isOptional?: true;
  /** Really sent by the contract test where it can be. */
  readonly example?: unknown;
}

/** Server-sent events: the schema of the data by the name of the event, `message` for those without a name. */
export interface EventsDocument {
  readonly byName: Fields;
  /** What stands behind the last event of a good answer and is no JSON. */
  readonly terminator?: string;
}

/** One way in which a route answers well. */
export interface AnswerDocument {
  readonly description: string;
  /** Absent where there is no body. */
  readonly json?: JsonSchema;
  readonly events?: EventsDocument;
  /** Whether the same can be had as a table. */
  readonly csv?: true;
  /** Header fields of this answer, beside those of all. */
  readonly headers?: Fields;
}

/** What the document says of a route that the route table does not. */
export interface RouteDocument {
  readonly tag: Tag;
  readonly summary: string;
  readonly description?: string;
  readonly path?: Fields;
  readonly query?: Fields;
  readonly headers?: Fields;
  readonly body?: BodyDocument;
  /** By status. */
  readonly answers: Readonly<Record<number, AnswerDocument>>;
  /** Codes of errors beside those that follow from the route table (`route-errors`). */
  readonly errors?: readonly string[];
}

/** What the document says of some routes, by method and path as in the route table. */
export type RouteDocuments = Readonly<Record<string, RouteDocument>>;
