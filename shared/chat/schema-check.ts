import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema';
import type { JsonSchema } from './tool.ts';
import { withinTime } from './within-time.ts';

/** More would not help anybody to mend an answer. */
const mostProblems = 3;
/** Milliseconds for one check: a pattern of the caller's, or alternatives within alternatives, may take for ever. */
const longestCheck = 1_000;

/**
 * Checks values against a JSON Schema, by interpreting it: nothing is compiled, so that a schema that is used once costs
 * nothing beforehand.
 */
export class SchemaCheck {
  readonly #validator: Validator | undefined;

  /** @param schema of any draft from 4 on; one that can't be read demands nothing. */
  constructor(schema: JsonSchema) {
    try {
      this.#validator = new Validator(withoutUnknownDialect(schema), '2020-12');
    } catch {
      this.#validator = undefined;
    }
  }

  /** @returns what is wrong with the value, in words; `undefined` when it fits. */
  problemOf(value: unknown): string | undefined {
    const result = withinTime(longestCheck, () => this.#validate(value));
    if (result === 'too-long') return 'It takes too long to check the value against the schema.';
    return result === undefined || result.length === 0 ? undefined : result.slice(-mostProblems).map(words).join(' ');
  }

  // A schema whose references lead nowhere throws only here; the caller's schema is to blame, not the answer.
  #validate(value: unknown): readonly OutputUnit[] | 'too-long' | undefined {
    try {
      return this.#validator?.validate(value).errors;
    } catch (error) {
      // More problems than the stack holds.
      return error instanceof RangeError ? 'too-long' : undefined;
    }
  }
}

/** The validator resolves `$schema` as any other reference. */
function withoutUnknownDialect({ $schema: _, ...schema }: JsonSchema): Schema {
  return schema;
}

function words({ instanceLocation, error }: OutputUnit): string {
  return `${instanceLocation.replace(/^#/, '') || 'The value'}: ${error}`;
}
