import { isJsonObject, type JsonObject, listField, numberField, objectField, textField } from './json-fields.ts';

/** What a refusal of the upstream says, in whichever of its forms it came (qwen-web §7.1). */
export interface UpstreamFault {
  /** The upstream's own code, as `RateLimited`; cut to a sane length. */
  readonly code: string | undefined;
  /** Its words; `''` when there are none. */
  readonly text: string;
  /** Field `num`: hours until a used-up quota is renewed. */
  readonly hours: number | undefined;
}

/**
 * Looks for a refusal in a parsed body or frame.
 *
 * @returns `undefined` when the value tells of none.
 */
export function findFault(value: unknown): UpstreamFault | undefined {
  if (!isJsonObject(value)) return undefined;
  const error = value.error;
  if (typeof error === 'string' && error !== '') return faultOfText(error);
  if (isJsonObject(error)) return faultOfObject(error);
  if (value.success === false) return faultOfObject(objectField(value, 'data') ?? value);
  // The site's firewall answers in a form of its own: {"ret": ["FAIL_SYS_USER_VALIDATE", …]}.
  const returned = listField(value, 'ret')?.[0];
  if (typeof returned === 'string' && !returned.startsWith('SUCCESS')) return faultOfText(returned);
  return isBareFault(value) ? faultOfObject(value) : undefined;
}

/** Whether an object without an envelope is a refusal, as `{"detail": "Not authenticated"}` is. */
function isBareFault(value: JsonObject): boolean {
  if (value.choices !== undefined || value.data !== undefined) return false;
  if (textField(value, 'detail') !== undefined) return true;
  return (
    textField(value, 'code') !== undefined && (textField(value, 'details') ?? textField(value, 'message')) !== undefined
  );
}

/** Reads an object of which it is known that it tells of a refusal. */
export function faultOfObject(object: JsonObject): UpstreamFault {
  const text =
    textField(object, 'details') ??
    textField(object, 'detail') ??
    textField(object, 'message') ??
    textField(object, 'msg');
  const code = textField(object, 'code');
  return { code: code === undefined ? undefined : limited(code), text: text ?? '', hours: numberField(object, 'num') };
}

/** Reads a refusal that is only a text, as `RateLimited: limit exceeded` or `FAIL_SYS_USER_VALIDATE`. */
export function faultOfText(text: string): UpstreamFault {
  const code = /^\w{3,64}(?=$|:)/.exec(text)?.[0];
  return { code, text, hours: undefined };
}

function limited(code: string): string {
  return code.slice(0, 64);
}
