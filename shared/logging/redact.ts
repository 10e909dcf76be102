const secretName = /token|password|secret|cookie|authorization|api-?key|credential/i;
/** JSON web tokens, gateway keys, bearer values and logins in URLs, wherever they stand in a text. */
const secretText = /eyJ[\w-]{8,}\.[\w-]+(\.[\w-]*)?|\bsk-[\w-]{8,}|\bBearer\s+\S+|(?<=:\/\/)[^\s/@]+(?=@)/g;
const mask = '[redacted]';

/**
 * A `JSON.stringify` replacer that keeps secrets out of logs: by the name of the field, and by the look of the value.
 * Numbers and booleans pass, so that counts such as `inputTokens` stay readable.
 */
export function redact(name: string, value: unknown): unknown {
  if (value instanceof Error) return describeError(value);
  if (typeof value === 'string') return secretName.test(name) ? mask : value.replace(secretText, mask);
  if (typeof value === 'object' && value !== null && secretName.test(name)) return mask;
  return value;
}

function describeError(error: Error): object {
  return { name: error.name, text: error.message, stack: error.stack, cause: error.cause };
}
