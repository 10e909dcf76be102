import * as z from 'zod';
import { codesByStatus, type ErrorStatuses } from '../../../shared/openapi/describe-operation.ts';
import { makeDocument, type OpenApiDocument } from '../../../shared/openapi/make-document.ts';
import { type DocumentedRoute, documentedRoutes } from '../../../shared/openapi/route-documents.ts';
import { readEvents } from './read-events.ts';
import { createChecks, type SchemaCheck } from './schema-check.ts';

/** An answer, read to its end. */
export interface ReadAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

const media = z.looseObject({
  schema: z.unknown(),
  'x-events': z.record(z.string(), z.unknown()).optional(),
  'x-terminator': z.string().optional(),
});
const operation = z.object({
  responses: z.record(
    z.string(),
    z.object({
      headers: z.record(z.string(), z.unknown()),
      content: z.record(z.string(), media).optional(),
    }),
  ),
});
type Documented = z.output<typeof operation>['responses'][string];

/** Headers that say something of their own, and so have to be documented. */
const telling = /^(?:x-(?!accel-)|openai-|retry-after$|location$|idempotent-)/;

/** The document, and whether answers are as it says. */
export class Contract {
  readonly document: OpenApiDocument;
  readonly routes: readonly DocumentedRoute[] = documentedRoutes();
  readonly #statuses: ErrorStatuses;
  readonly #check: (schema: unknown) => SchemaCheck;

  constructor(statuses: ErrorStatuses) {
    this.document = makeDocument('0.0.0', statuses);
    this.#statuses = statuses;
    this.#check = createChecks(this.document);
  }

  find(key: string): DocumentedRoute {
    const found = this.routes.find((one) => one.key === key);
    if (found === undefined) throw new Error(`There is no route ${key}.`);
    return found;
  }

  /** The codes of errors that are documented for a route, by status. */
  codesOf(key: string): ReadonlyMap<number, readonly string[]> {
    return codesByStatus(this.find(key), this.#statuses);
  }

  statusOf(code: string): number {
    const status = this.#statuses.get(code);
    if (status === undefined) throw new Error(`There is no error ${code}.`);
    return status;
  }

  /** @returns what of the answer is not as documented; empty when all of it is. */
  problems(key: string, { status, headers, text }: ReadAnswer): readonly string[] {
    const { route } = this.find(key);
    const documented = operation.parse(this.document.paths[route.path]?.[route.method.toLowerCase()]).responses[status];
    if (documented === undefined) return [`${status} is not documented`];
    const told = [...headers.keys()].filter((name) => telling.test(name) && documented.headers[name] === undefined);
    return [...told.map((name) => `the header ${name} is not documented`), ...this.#body(documented, headers, text)];
  }

  #body({ content = {} }: Documented, headers: Headers, text: string): readonly string[] {
    const type = (headers.get('content-type') ?? '').split(';')[0] ?? '';
    if (Object.keys(content).length === 0) return text === '' ? [] : ['there is a body, and none is documented'];
    const found = content[type];
    if (found === undefined) return [`${type} is not documented`];
    if (type === 'application/json') return this.#check(found.schema)(JSON.parse(text));
    if (type !== 'text/event-stream') return text === '' ? ['the body is empty'] : [];
    return this.#events(text, found['x-events'] ?? {}, found['x-terminator']);
  }

  #events(text: string, byName: Readonly<Record<string, unknown>>, terminator: string | undefined): readonly string[] {
    const events = readEvents(text);
    if (events.length === 0) return ['the stream has no event'];
    return events.flatMap(({ name, data }) => {
      if (data === terminator) return [];
      const schema = byName[name];
      if (schema === undefined) return [`the event ${name} is not documented`];
      return this.#check(schema)(JSON.parse(data)).map((problem) => `event ${name}: ${problem}`);
    });
  }
}
