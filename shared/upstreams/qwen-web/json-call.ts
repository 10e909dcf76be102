import { actualStatus, classifyResponse, type RefusedResponse } from './classify-error.ts';
import { isJsonObject, type JsonObject, parseJson } from './json-fields.ts';
import { readText } from './read-text.ts';
import type { ResponseHeaders, Transport, UpstreamCall } from './transport.ts';
import { findFault } from './upstream-fault.ts';

/** A good answer to a call that is not a stream. */
export interface JsonAnswer {
  readonly body: JsonObject;
  readonly headers: ResponseHeaders;
}

/** Bytes of a JSON answer. The largest, the model catalogue, has some hundred thousand. */
const bodyLimit = 4 * 1024 * 1024;

/**
 * Makes a call that answers with one JSON object.
 *
 * @throws UpstreamError of the class that the answer stands for, when it is not a good one.
 */
export async function callJson(transport: Transport, call: UpstreamCall): Promise<JsonAnswer> {
  const outcome = await tryJson(transport, call);
  if ('refused' in outcome) throw classifyResponse(outcome.refused);
  return outcome;
}

/**
 * Makes a call that has an older address.
 *
 * @param older the same call in its older form.
 * @param isGone whether a refusal means that the address does not serve this any more.
 * @throws UpstreamError of the class that the last answer stands for.
 */
export async function callJsonWithFallback(
  transport: Transport,
  call: UpstreamCall,
  older: UpstreamCall,
  isGone: (refused: RefusedResponse) => boolean,
): Promise<JsonAnswer> {
  const outcome = await tryJson(transport, call);
  if (!('refused' in outcome)) return outcome;
  if (!isGone(outcome.refused)) throw classifyResponse(outcome.refused);
  return callJson(transport, older);
}

/** Makes a call and leaves it to the caller what a refusal means. @throws UpstreamError when there was no answer. */
export async function tryJson(
  transport: Transport,
  call: UpstreamCall,
): Promise<JsonAnswer | { readonly refused: RefusedResponse }> {
  const { status, headers, body } = await transport.send(call);
  const text = await readText(body, bodyLimit, call.signal);
  const answer = parseJson(text);
  const realStatus = actualStatus(status, headers);
  const isGood = realStatus >= 200 && realStatus < 300 && findFault(answer) === undefined;
  return isGood && isJsonObject(answer) ? { body: answer, headers } : { refused: { status, headers, body: text } };
}
