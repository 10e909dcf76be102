import type { Credentials } from '../../chat/upstream.ts';
import { actualStatus, classifyResponse, headerText } from './classify-error.ts';
import { type CompletionQuestion, completionBody } from './completion-body.ts';
import { upstreamHeaders } from './headers.ts';
import { readText } from './read-text.ts';
import type { ResponseBody } from './response-body.ts';
import type { Transport } from './transport.ts';

/** Bytes of a refusal that are read. */
const refusalLimit = 64 * 1024;

/** An answer that the upstream has begun. */
export interface OpenedCompletion {
  readonly body: ResponseBody;
  /** Bytes of the request's body. */
  readonly sentBytes: number;
}

/**
 * Asks for an answer (qwen-web §4).
 *
 * @returns the event stream, once the upstream has begun one.
 * @throws UpstreamError when it refuses, which it also does with status 200 and JSON or a page in place of the stream.
 */
export async function openCompletion(
  transport: Transport,
  question: CompletionQuestion,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<OpenedCompletion> {
  const { chatId } = question;
  const asked = JSON.stringify(completionBody(question));
  const response = await transport.send({
    method: 'POST',
    path: `/api/v2/chat/completions?chat_id=${encodeURIComponent(chatId)}`,
    headers: upstreamHeaders({ credentials, chatId, accept: 'text/event-stream' }),
    body: asked,
    signal,
    account: credentials,
  });
  const isStream = !/\b(?:json|html)\b/i.test(headerText(response.headers, 'content-type'));
  if (isStream && actualStatus(response.status, response.headers) === 200) {
    return { body: response.body, sentBytes: Buffer.byteLength(asked) };
  }
  const text = await readText(response.body, refusalLimit, signal);
  throw classifyResponse({ status: response.status, headers: response.headers, body: text });
}
