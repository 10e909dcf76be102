import type { Attributes } from './attributes.ts';

/** @returns the attribute when it is a text, else `undefined`. */
export function textAttribute(item: Attributes, name: string): string | undefined {
  const value = item[name];
  return typeof value === 'string' ? value : undefined;
}

/** @returns the attribute when it is a finite number, else `undefined`. */
export function numberAttribute(item: Attributes, name: string): number | undefined {
  const value = item[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** @returns whether the attribute is `true`. */
export function flagAttribute(item: Attributes, name: string): boolean {
  return item[name] === true;
}
