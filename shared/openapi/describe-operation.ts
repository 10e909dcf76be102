import type { DialectName } from '../chat/dialect.ts';
import { commonAnswerHeaders, errorHeaders, limitHeaders, replayHeaders } from './answer-headers.ts';
import { errorSchema } from './error-envelopes.ts';
import { anyOf, type Fields, text } from './json-schema.ts';
import { idempotencyKey } from './requests/request-headers.ts';
import type { AnswerDocument, BodyDocument, EventsDocument } from './route-document.ts';
import type { DocumentedRoute } from './route-documents.ts';
import { routeErrors } from './route-errors.ts';
import { accessWords, securityOf } from './security.ts';

/** The status of each code of an error. */
export type ErrorStatuses = ReadonlyMap<string, number>;

/** A route in OpenAPI's terms, its schemas in place. @throws Error for a code that no error class has. */
export function describeOperation(documented: DocumentedRoute, statuses: ErrorStatuses): object {
  const { key, route, document } = documented;
  const { tag, summary, description = '', body } = document;
  return {
    operationId: operationId(key),
    tags: [tag],
    summary,
    description: [description, `Access: ${accessWords(route)}`].filter((words) => words !== '').join('\n\n'),
    security: securityOf(route),
    parameters: parametersOf(documented),
    ...(body && { requestBody: bodyOf(body) }),
    responses: { ...goodAnswers(documented), ...errorAnswers(documented, statuses) },
  };
}

/** The codes of the errors that a route can answer with, by status. */
export function codesByStatus(
  { route, document }: DocumentedRoute,
  statuses: ErrorStatuses,
): ReadonlyMap<number, readonly string[]> {
  const { body, query, headers, errors = [] } = document;
  const mayBeWrong = [body, query, headers, route.creates].some((source) => source !== undefined);
  const codes = new Set([...routeErrors(route), ...(mayBeWrong ? ['invalid_request'] : []), ...errors]);
  const byStatus = new Map<number, string[]>();
  for (const code of [...codes].sort()) {
    const status = statuses.get(code);
    if (status === undefined) throw new Error(`There is no error ${code}.`);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return byStatus;
}

/** `POST /v1/videos/{id}/remix` as `post_v1_videos_id_remix`. */
function operationId(key: string): string {
  return key
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replace(/_$/, '');
}

function parametersOf({ route, document }: DocumentedRoute): readonly object[] {
  const { path: known = {}, query = {}, headers = {} } = document;
  const { path, creates } = route;
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const inPath = Object.fromEntries(names.map((name) => [name, known[name] ?? text]));
  const inHeader = { ...(creates && idempotencyKey), ...headers };
  return [...parameters('path', inPath), ...parameters('query', query), ...parameters('header', inHeader)];
}

function parameters(place: 'path' | 'query' | 'header', fields: Fields): readonly object[] {
  return Object.entries(fields).map(([name, { description, example, ...schema }]) => ({
    name,
    in: place,
    required: place === 'path',
    ...(description !== undefined && { description }),
    ...(example !== undefined && { example }),
    schema,
  }));
}

function bodyOf({ json, form, isOptional, example }: BodyDocument): object {
  return {
    required: isOptional !== true,
    content: {
      ...(json && { 'application/json': { schema: json, ...(example !== undefined && { example }) } }),
      ...(form && { 'multipart/form-data': { schema: form } }),
    },
  };
}

function goodAnswers({ route, document }: DocumentedRoute): object {
  const common = headersOfAll(route);
  return Object.fromEntries(
    Object.entries(document.answers).map(([status, answer]) => [status, answerOf(answer, common)]),
  );
}

/** Header fields of every answer of a route. */
function headersOfAll({ creates, metered }: DocumentedRoute['route']): Fields {
  return { ...commonAnswerHeaders, ...(creates && replayHeaders), ...(metered && limitHeaders) };
}

function answerOf({ description, json, events, csv, headers = {} }: AnswerDocument, common: Fields): object {
  const content = {
    ...(json && { 'application/json': { schema: json } }),
    ...(events && { 'text/event-stream': eventsOf(events) }),
    ...(csv && { 'text/csv': { schema: text } }),
  };
  return {
    description,
    headers: headersOf({ ...common, ...headers }),
    ...(Object.keys(content).length > 0 && { content }),
  };
}

/** OpenAPI 3.1 has no words for events: the schema is that of the whole text, and `x-events` tells of each event. */
function eventsOf({ byName, terminator }: EventsDocument): object {
  return {
    schema: text,
    'x-events': byName,
    ...(terminator !== undefined && { 'x-terminator': terminator }),
  };
}

function errorAnswers(documented: DocumentedRoute, statuses: ErrorStatuses): object {
  const { dialect, shared } = documented.route;
  const dialects: readonly DialectName[] = shared === true ? ['openai-chat', 'anthropic', 'gemini'] : [dialect];
  return Object.fromEntries(
    [...codesByStatus(documented, statuses)].map(([status, codes]) => {
      const forms = dialects.map((each) => errorSchema(each, codes));
      const [only] = forms;
      const answer = {
        description: codes.map((code) => `\`${code}\``).join(', '),
        headers: headersOf({ ...headersOfAll(documented.route), ...errorHeaders }),
        content: { 'application/json': { schema: forms.length === 1 ? only : anyOf(...forms) } },
      };
      return [String(status), answer];
    }),
  );
}

/** All of them are components, because most answers have the same. */
function headersOf(fields: Fields): object {
  return Object.fromEntries(Object.keys(fields).map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
