import { readFileSync } from 'node:fs';

/** A recorded body, as text. */
export function recorded(path: string): string {
  return readFileSync(new URL(`../../fixtures/qwen-web/${path}`, import.meta.url), 'utf8');
}

/** The form of a JSON value: field names and types, of lists the first element's. */
export function formOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.slice(0, 1).map(formOf);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, formOf(field)]));
  }
  return value === null ? 'null' : typeof value;
}

/** The form of a recorded JSON body. */
export function recordedForm(path: string): unknown {
  return formOf(JSON.parse(recorded(path)));
}
