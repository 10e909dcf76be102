import { globSync, readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { createRouteMatcher } from '../../shared/http/match-route.ts';
import { errorStatuses } from '../../shared/openapi/error-classes.ts';
import { routes } from '../../shared/routes.ts';
import { fencesOf } from '../docs/support/fences.ts';
import { Contract } from './support/contract.ts';
import { createRequestChecks } from './support/schema-check.ts';

const contract = new Contract(await errorStatuses());
const checkBody = createRequestChecks(contract.document);

describe('the OpenAPI document', () => {
  it('is valid', async () => {
    const { valid, errors } = await new Validator().validate({ ...structuredClone(contract.document) });
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
  });

  it('has every line of the route table, and no other', () => {
    const documented = Object.entries(contract.document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(documented.sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
  });

  it('names each operation once', () => {
    const names = Object.values(contract.document.paths).flatMap((methods) =>
      Object.values(methods).map((operation) => Reflect.get(operation, 'operationId')),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it('refers only to schemas that there are', () => {
    const named = JSON.stringify(contract.document).matchAll(/#\/components\/schemas\/(\w+)/g);
    const missing = [...named].filter(([, name = '']) => contract.document.components.schemas[name] === undefined);
    expect(missing).toEqual([]);
  });

  it('is in no function', () => {
    const sources = globSync('{functions,shared/composition}/**/*.ts').map((file) => readFileSync(file, 'utf8'));
    expect(sources.filter((source) => source.includes('openapi/'))).toEqual([]);
  });
});

/** Bodies that the guides send by curl, with the route that takes them. */
const bodies = globSync('{README.md,docs/**/*.md}').flatMap((path) =>
  fencesOf({ path, text: readFileSync(path, 'utf8') }).flatMap(({ code, line }) => curlBodies(code, `${path}:${line}`)),
);
const match = createRouteMatcher(routes);

function curlBodies(code: string, place: string) {
  return code
    .replaceAll('\\\n', ' ')
    .split('\n')
    .flatMap((command) => {
      const [, address = ''] = /\$(?:\{BASE_URL\}|BASE_URL)(\/[^\s"'?]*)/.exec(command) ?? [];
      const [, body = ''] = /(?:-d|--data|--json) '(\{.*?\})'/.exec(command) ?? [];
      const [, method = 'POST'] = /-X (\w+)/.exec(command) ?? [];
      return address === '' || body === '' ? [] : [{ place, address, method, body }];
    });
}

describe('the bodies of the guides', () => {
  it('are found', () => {
    expect(bodies.length).toBeGreaterThan(5);
  });

  it.each(bodies)('$place sends what $address takes', ({ address, method, body }) => {
    const { route } = match(method, address);
    const { document } = contract.find(`${route.method} ${route.path}`);
    expect(checkBody(document.body?.json ?? {})(JSON.parse(body))).toEqual([]);
  });
});

describe('the examples of the document', () => {
  const examples = contract.routes.flatMap(({ key, document: { body } }) =>
    body?.example === undefined ? [] : [{ key, schema: body.json ?? {}, example: body.example }],
  );
  it.each(examples)('$key', ({ schema, example }) => {
    expect(checkBody(schema)(example)).toEqual([]);
  });
});
