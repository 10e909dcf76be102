import type * as z from 'zod/mini';
import { fieldPath } from './field-path.ts';

type Issue = z.core.$ZodIssue;

/** What is wrong with a body: the field, and a sentence that says what it has to be. */
export interface BodyProblem {
  readonly param: string;
  readonly message: string;
}

const expectedWords: Readonly<Record<string, string>> = {
  string: 'a string',
  array: 'an array',
  object: 'an object',
  record: 'an object',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

/**
 * Says in words what a schema found.
 *
 * @param issue as the schema library reports it.
 * @param body the whole body, to look the wrong value up.
 */
export function describeProblem(issue: Issue, body: unknown): BodyProblem {
  const { cause, path } = mostSpecific(issue, []);
  const param = fieldPath(path);
  return { param, message: `'${param}' ${demand(cause, valueAt(body, path))}` };
}

/** Of a union's alternatives the one that got furthest is the one the client meant. */
function mostSpecific(issue: Issue, before: readonly PropertyKey[]): { cause: Issue; path: readonly PropertyKey[] } {
  const path = [...before, ...issue.path];
  if (issue.code !== 'invalid_union') return { cause: issue, path };
  for (const [first] of issue.errors) {
    if (first !== undefined && (first.path.length > 0 || first.code !== 'invalid_type'))
      return mostSpecific(first, path);
  }
  return { cause: issue, path };
}

function demand(issue: Issue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return mustBe(expectedWord(issue.expected), value);
    case 'invalid_union':
      return mustBe(alternatives(issue), value);
    case 'invalid_value':
      return mustBe(oneOf(issue.values), value);
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int'
        ? `must be at least ${issue.minimum}.`
        : 'must not be empty.';
    case 'too_big':
      return `may hold at most ${issue.maximum} entries.`;
    default:
      return 'is not valid.';
  }
}

function mustBe(what: string, value: unknown): string {
  return value === undefined ? `is missing: it must be ${what}.` : `must be ${what}, not ${kindOf(value)}.`;
}

function alternatives(issue: z.core.$ZodIssueInvalidUnion): string {
  if ('options' in issue && issue.options !== undefined) return oneOf(issue.options);
  const words = issue.errors.flatMap(([first]) =>
    first?.code === 'invalid_type' ? [expectedWord(first.expected)] : [],
  );
  return [...new Set(words)].join(' or ') || 'of another form';
}

function oneOf(values: readonly unknown[]): string {
  const quoted = values.map((value) => `'${String(value)}'`);
  return quoted.length === 1 ? quoted.join('') : `one of ${quoted.join(', ')}`;
}

function expectedWord(expected: string): string {
  return expectedWords[expected] ?? expected;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return value.length > 40 ? 'another string' : `'${value}'`;
  return String(value);
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  let value = body;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}
