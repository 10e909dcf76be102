import type { JsonSchema } from '../../../shared/openapi/json-schema.ts';
import type { Contract } from '../support/contract.ts';
import { createRequestChecks } from '../support/schema-check.ts';
import type { World } from '../support/world.ts';

/** Values of every kind of JSON. */
const values: readonly unknown[] = [12_345, 'a text', true, {}, [], [{}], -1];

/** What became of the samples of one route. */
export interface FieldReport {
  readonly key: string;
  readonly sampled: number;
  /** Refused by the schema and taken by the gateway. */
  readonly surprises: readonly string[];
}

/**
 * Sends each field of a body in two wrong or right forms, in turn with the field: what the schema refuses, the gateway has
 * to refuse as well, with 400 and the code for bodies that are not valid.
 */
export async function wrongFields(world: World, contract: Contract, key: string): Promise<FieldReport> {
  const { document } = contract.find(key);
  const example = document.body?.example;
  const schema = document.body?.json;
  if (typeof example !== 'object' || schema === undefined) throw new Error(`${key} has no example.`);
  const check = createRequestChecks(contract.document)(schema);
  const surprises: string[] = [];
  let sampled = 0;
  for (const [number, field] of fieldsOf(schema).entries()) {
    for (const value of [values[number % values.length], values[(number + 3) % values.length]]) {
      const body = { ...example, [field]: value };
      if (check(body).length === 0) continue;
      sampled += 1;
      const { status, text } = await world.answer(key, { body });
      if (status !== 400) surprises.push(`${field} ${JSON.stringify(value)}: ${status} ${text.slice(0, 80)}`);
    }
  }
  if (sampled > 0 && surprises.length < sampled) world.noteRefusal(key);
  return { key, sampled, surprises };
}

function fieldsOf({ properties }: JsonSchema): readonly string[] {
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
}
