import type { JsonSchema } from '../chat/tool.ts';

/** The limits of a value, short and in brackets, as `(1..10)` or `(date-time)`; `''` without any. */
export function constraintsOf(schema: JsonSchema): string {
  const limits = [
    range(schema.minimum ?? above(schema.exclusiveMinimum), schema.maximum ?? below(schema.exclusiveMaximum)),
    range(schema.minLength, schema.maxLength, ' characters'),
    range(schema.minItems, schema.maxItems),
    typeof schema.format === 'string' ? schema.format : '',
    typeof schema.pattern === 'string' ? `/${schema.pattern}/` : '',
  ].filter((limit) => limit !== '');
  return limits.length === 0 ? '' : `(${limits.join(', ')})`;
}

function range(from: unknown, to: unknown, unit = ''): string {
  const least = isLimit(from) ? String(from) : '';
  const most = isLimit(to) ? String(to) : '';
  return least === '' && most === '' ? '' : `${least}..${most}${unit}`;
}

/** Generated schemas bound integers by what a machine can hold; and a least length of 0 says nothing. */
function isLimit(value: unknown): boolean {
  if (typeof value === 'string') return value !== '';
  return typeof value === 'number' && value !== 0 && Math.abs(value) < Number.MAX_SAFE_INTEGER;
}

const above = (limit: unknown) => (typeof limit === 'number' ? `>${limit}` : undefined);
const below = (limit: unknown) => (typeof limit === 'number' ? `<${limit}` : undefined);
