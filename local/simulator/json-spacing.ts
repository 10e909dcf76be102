import { isRecord } from './json-value.ts';

/**
 * JSON with a blank after each comma and colon and with non-ASCII text as it is: the upstream's own spacing
 * (qwen-web §4.3). Fields that are `undefined` are left out.
 */
export function spacedJson(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(spacedJson).join(', ')}]`;
  }
  if (isRecord(value)) {
    const fields: string[] = [];
    for (const [name, field] of Object.entries(value)) {
      if (field !== undefined) {
        fields.push(`${JSON.stringify(name)}: ${spacedJson(field)}`);
      }
    }
    return `{${fields.join(', ')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
