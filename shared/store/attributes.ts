import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** What an attribute of an item can hold. Binary values and sets are not used. */
export type ItemValue =
  | string
  | number
  | boolean
  | null
  | readonly ItemValue[]
  | { readonly [name: string]: ItemValue | undefined };

/** The attributes of an item, key included when read. `undefined` ones are not written. */
export type Attributes = Readonly<Record<string, ItemValue | undefined>>;

/** @returns the attributes in the form that DynamoDB's API takes. */
export function encodeAttributes(attributes: Attributes): Record<string, AttributeValue> {
  const encoded: Record<string, AttributeValue> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) encoded[name] = encodeValue(value);
  }
  return encoded;
}

/** @returns the value in the form that DynamoDB's API takes. */
export function encodeValue(value: ItemValue): AttributeValue {
  if (value === null) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (isList(value)) return { L: value.map(encodeValue) };
  return { M: encodeAttributes(value) };
}

/** @returns the item in plain values; kinds that this project does not write come as `null`. */
export function decodeAttributes(encoded: Record<string, AttributeValue>): Attributes {
  const attributes: Record<string, ItemValue> = {};
  for (const [name, value] of Object.entries(encoded)) attributes[name] = decodeValue(value);
  return attributes;
}

function decodeValue(value: AttributeValue): ItemValue {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return Number(value.N);
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.L !== undefined) return value.L.map(decodeValue);
  if (value.M !== undefined) return decodeAttributes(value.M);
  return null;
}

// Array.isArray does not narrow read-only arrays away from the union.
function isList(value: ItemValue): value is readonly ItemValue[] {
  return Array.isArray(value);
}
