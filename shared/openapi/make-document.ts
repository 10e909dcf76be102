import { allHeaders } from './answer-headers.ts';
import { describeOperation, type ErrorStatuses } from './describe-operation.ts';
import { SchemaShelf } from './hoist-schemas.ts';
import { documentedRoutes } from './route-documents.ts';
import { securitySchemes } from './security.ts';
import { tags } from './tags.ts';

/** An OpenAPI 3.1 document, as far as those who work with it here look into it. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, unknown>>;
    readonly securitySchemes: object;
    readonly headers: object;
  };
  readonly [field: string]: unknown;
}

const introduction = [
  'One base URL for OpenAI’s, Anthropic’s and Google’s clients, and for the owner’s own console.',
  'Every error is JSON in the form of its path’s API; its codes are explained in the project’s page on operations.',
  'Header fields of answers: `x-request-id` names the request in the log.',
].join(' ');

const componentHeaders = Object.fromEntries(
  Object.entries(allHeaders).map(([name, { description, ...schema }]) => [name, { description, schema }]),
);

/**
 * The document of all routes: paths, keys and forms are those of the route table, request schemas those that the functions
 * read with.
 *
 * @param statuses of the error classes.
 * @throws Error when routes and their descriptions do not agree.
 */
export function makeDocument(version: string, statuses: ErrorStatuses): OpenApiDocument {
  const shelf = new SchemaShelf();
  const paths: Record<string, Record<string, object>> = {};
  for (const documented of documentedRoutes()) {
    const { method, path } = documented.route;
    const operation = shelf.hoist(describeOperation(documented, statuses));
    if (typeof operation !== 'object' || operation === null) throw new TypeError('An operation is an object.');
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
  }
  return {
    openapi: '3.1.1',
    info: { title: 'qwen-gateway', version, description: introduction },
    servers: [{ url: '/' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
    components: { schemas: shelf.schemas(), headers: componentHeaders, securitySchemes },
  };
}
