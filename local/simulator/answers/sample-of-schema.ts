import { isRecord, parseJson } from '../json-value.ts';

const deepest = 8;
// Enough for any prompt, and a bound on the work for a text full of braces.
const mostObjects = 100;

/** The last JSON object in a text that looks like a JSON schema. */
export function findSchema(text: string): Record<string, unknown> | undefined {
  let found: Record<string, unknown> | undefined;
  let start = text.indexOf('{');
  for (let tries = 0; start >= 0 && tries < mostObjects; tries += 1) {
    const end = endOfObject(text, start);
    const value = end === undefined ? undefined : parseJson(text.slice(start, end));
    if (isRecord(value) && ['type', 'properties', '$ref', 'anyOf', 'enum'].some((keyword) => keyword in value)) {
      found = value;
    }
    start = text.indexOf('{', value === undefined || end === undefined ? start + 1 : end);
  }
  return found;
}

/** A value that the schema accepts, as far as the usual keywords go. */
export function sampleOf(schema: unknown, root: unknown = schema, depth = 0): unknown {
  if (!isRecord(schema) || depth > deepest) {
    return null;
  }
  if (typeof schema.$ref === 'string') {
    return sampleOf(resolve(schema.$ref, root), root, depth + 1);
  }
  if ('const' in schema) {
    return schema.const;
  }
  const choices = schema.enum ?? schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (Array.isArray(choices)) {
    return schema.enum === choices ? choices[0] : sampleOf(choices[0], root, depth + 1);
  }
  return sampleOfType(schema, root, depth);
}

function sampleOfType(schema: Record<string, unknown>, root: unknown, depth: number): unknown {
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type ?? 'object') {
    case 'object': {
      const properties = isRecord(schema.properties) ? Object.entries(schema.properties) : [];
      return Object.fromEntries(properties.map(([name, field]) => [name, sampleOf(field, root, depth + 1)]));
    }
    case 'array':
      return [sampleOf(schema.items, root, depth + 1)];
    case 'string':
      return 'text';
    case 'integer':
    case 'number':
      return typeof schema.minimum === 'number' ? schema.minimum : 1;
    case 'boolean':
      return true;
    default:
      return null;
  }
}

function resolve(reference: string, root: unknown): unknown {
  let value = root;
  for (const segment of reference.split('/').slice(1)) {
    value = isRecord(value) ? value[segment] : undefined;
  }
  return value;
}

/** Where the object that begins at `start` ends, braces in strings not counted. */
function endOfObject(text: string, start: number): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let index = start; index < text.length; index += 1) {
    const character = text[index];
    if (quoted) {
      if (character === '\\') {
        index += 1;
      } else if (character === '"') {
        quoted = false;
      }
    } else if (character === '"') {
      quoted = true;
    } else if (character === '{') {
      depth += 1;
    } else if (character === '}') {
      depth -= 1;
      if (depth === 0) {
        return index + 1;
      }
    }
  }
  return undefined;
}
