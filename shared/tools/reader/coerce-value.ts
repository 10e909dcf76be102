import type { DeclaredProperty, TypeName } from './declared-type.ts';
import { isNumber, strictLiteral } from './json/strict-literal.ts';
import { repairArguments } from './repair-arguments.ts';

/** Whether a text that stands for the property might be meant as a value of another type. */
export function mayStandForOther({ types }: DeclaredProperty): boolean {
  return types.size > 0 && !types.has('string');
}

/**
 * Reads a text as a value of the declared type.
 *
 * @param property one that takes no text.
 * @returns strict JSON text; `undefined` when the text can't be meant so.
 */
export function coerceText(text: string, { types, itemTypes }: DeclaredProperty): string | undefined {
  const trimmed = text.trim();
  return coerceScalar(trimmed, types) ?? coerceContainer(trimmed, types) ?? wrapText(text, types, itemTypes);
}

/** Reads a bare word as a value of the declared type. @returns strict JSON text; `undefined` to leave it as it is. */
export function coerceWord(word: string, { types, itemTypes }: DeclaredProperty): string | undefined {
  if (types.size === 1 && types.has('string')) return JSON.stringify(word);
  const strict = strictLiteral(word);
  if (types.size !== 1 || !types.has('array') || strict === undefined || strict === 'null') return undefined;
  return coerceScalar(strict, itemTypes) === undefined ? undefined : `[${strict}]`;
}

/** Whether `null` stands for a property that was left out. */
export function isLeftOut(word: string, { types, required }: DeclaredProperty): boolean {
  return !required && types.size > 0 && !types.has('null') && strictLiteral(word) === 'null';
}

function coerceScalar(text: string, types: ReadonlySet<TypeName>): string | undefined {
  if (isNumber(text)) return types.has('number') || (types.has('integer') && isWhole(text)) ? text : undefined;
  const strict = /^(?:true|false|null|none)$/i.test(text) ? strictLiteral(text) : undefined;
  if (strict === 'null') return types.has('null') ? strict : undefined;
  return types.has('boolean') ? strict : undefined;
}

function isWhole(text: string): boolean {
  return Number.isInteger(Number(text));
}

function coerceContainer(text: string, types: ReadonlySet<TypeName>): string | undefined {
  if (!types.has('object') && !types.has('array')) return undefined;
  const json = repairArguments(text);
  if (json === undefined) return undefined;
  return types.has(json.startsWith('{') ? 'object' : 'array') ? json : undefined;
}

function wrapText(text: string, types: ReadonlySet<TypeName>, itemTypes: ReadonlySet<TypeName>): string | undefined {
  if (types.size !== 1 || !types.has('array')) return undefined;
  if (itemTypes.has('string')) return JSON.stringify([text]);
  const item = coerceScalar(text.trim(), itemTypes);
  return item === undefined ? undefined : `[${item}]`;
}
