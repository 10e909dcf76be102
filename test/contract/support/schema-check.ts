import { type OutputUnit, Validator } from '@cfworker/json-schema';
import type { OpenApiDocument } from '../../../shared/openapi/make-document.ts';

/** What is wrong with a value, in words; empty when nothing is. */
export type SchemaCheck = (value: unknown) => readonly string[];

/**
 * Makes checks by the document's schemas. Objects may have no other fields than the document says, so that nothing is
 * answered that it does not tell of.
 */
export function createChecks(document: OpenApiDocument): (schema: unknown) => SchemaCheck {
  const components = closed(document.components);
  const known = new Map<string, SchemaCheck>();
  return (schema) => {
    const name = JSON.stringify(schema);
    const check = known.get(name) ?? makeCheck({ allOf: [closed(schema)], components });
    known.set(name, check);
    return check;
  };
}

/** The same for what is sent, where fields that are not named are ignored. */
export function createRequestChecks({ components }: OpenApiDocument): (schema: unknown) => SchemaCheck {
  return (schema) => makeCheck({ allOf: [schema], components });
}

function makeCheck(schema: object): SchemaCheck {
  const validator = new Validator(schema, '2020-12', false);
  return (value) => {
    const { valid, errors } = validator.validate(value);
    return valid ? [] : deepest(errors);
  };
}

/** What is wrong furthest inside tells most. */
function deepest(errors: readonly OutputUnit[]): readonly string[] {
  const depth = (unit: OutputUnit) => unit.instanceLocation.split('/').length;
  const most = Math.max(...errors.map(depth));
  return errors
    .filter((unit) => depth(unit) === most)
    .map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`);
}

function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.fromEntries(Object.entries(value).map(([key, held]) => [key, closed(held)]));
  const isClosable = members.type === 'object' && members.properties !== undefined;
  return isClosable && members.additionalProperties === undefined
    ? { ...members, additionalProperties: false }
    : members;
}
