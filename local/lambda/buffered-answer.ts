import { type ResponseHead, toResponseHead } from '../front-door/response-head.ts';
import { isRecord } from '../is-record.ts';

const jsonHead: ResponseHead = { statusCode: 200, headers: { 'content-type': 'application/json' } };

/** What a Function URL makes of the result of a function that does not stream. */
export function bufferedAnswer(result: string): { readonly head: ResponseHead; readonly payload: string | Buffer } {
  const value: unknown = JSON.parse(result);
  if (!isRecord(value) || value.statusCode === undefined) return { head: jsonHead, payload: result };
  const { body, isBase64Encoded } = value;
  const text = typeof body === 'string' ? body : '';
  const { statusCode, headers } = toResponseHead(value);
  return {
    head: { statusCode, headers: { ...jsonHead.headers, ...headers } },
    payload: isBase64Encoded === true ? Buffer.from(text, 'base64') : text,
  };
}
