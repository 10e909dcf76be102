import type { UpstreamError, UpstreamErrorOptions } from '../../chat/errors/upstream-error.ts';
import {
  type ErrorMaker,
  errorByStatus,
  errorsByCode,
  errorsByStrongText,
  errorsByText,
  errorsByWideCode,
} from './error-table.ts';
import { parseJson } from './json-fields.ts';
import type { ResponseHeaders } from './transport.ts';
import { findFault, type UpstreamFault } from './upstream-fault.ts';
import { challengeError, challengeOfPage, isPage } from './waf.ts';

/** An answer that is not what was asked for. */
export interface RefusedResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** Its beginning is enough. */
  readonly body: string;
}

/** Puts a refusal of the upstream into one error class, by its status, headers and body (qwen-web §7). */
export function classifyResponse(response: RefusedResponse): UpstreamError {
  const status = actualStatus(response.status, response.headers);
  const contentType = headerText(response.headers, 'content-type').toLowerCase();
  const redirect = challengeOfPage(headerText(response.headers, 'location'));
  if (redirect !== undefined) return challengeError(redirect);
  if (isPage(contentType, response.body)) return classifyPage(status, response.body);
  const fault = findFault(parseJson(response.body)) ?? { code: undefined, text: '', hours: undefined };
  return classifyFault(fault, status, retryAfter(response.headers));
}

/**
 * Puts a refusal into one error class.
 *
 * @param status the HTTP status, or what stands for it; 200 within a stream.
 * @param retryAfterSeconds the upstream's `retry-after`, when there was one.
 */
export function classifyFault(fault: UpstreamFault, status: number, retryAfterSeconds?: number): UpstreamError {
  const options: UpstreamErrorOptions = {
    upstreamCode: fault.code ?? `http_${status}`,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
  return findMaker(fault, status)(fault, options);
}

/**
 * The status that the upstream's gateway means: it can answer 200 and put the real one into a header (qwen-web §1.4).
 */
export function actualStatus(status: number, headers: ResponseHeaders): number {
  const actual = Number(headerText(headers, 'x-actual-status-code'));
  return Number.isInteger(actual) && actual >= 100 && actual < 600 ? actual : status;
}

/** @returns a header's text, `''` when it is not there, the first one when it came several times. */
export function headerText(headers: ResponseHeaders, name: string): string {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

function classifyPage(status: number, body: string): UpstreamError {
  const challenge = challengeOfPage(body);
  if (challenge !== undefined) return challengeError(challenge);
  // A page in place of an answer, or a refusal as a page, is the firewall's doing even if its marks are new.
  if (status === 403 || (status >= 200 && status < 300)) return challengeError('unknown_page');
  return classifyFault({ code: undefined, text: '', hours: undefined }, status);
}

function findMaker(fault: UpstreamFault, status: number): ErrorMaker {
  const code = fault.code?.toLowerCase().replace(/[^a-z0-9]/g, '') ?? '';
  return (
    makerByText(errorsByStrongText, fault.text) ??
    errorsByCode.get(code) ??
    makerByText(errorsByText, fault.text) ??
    errorsByWideCode.get(code) ??
    errorByStatus(status)
  );
}

function makerByText(table: readonly (readonly [RegExp, ErrorMaker])[], text: string): ErrorMaker | undefined {
  return table.find(([pattern]) => pattern.test(text))?.[1];
}

function retryAfter(headers: ResponseHeaders): number | undefined {
  const seconds = Number(headerText(headers, 'retry-after'));
  return Number.isInteger(seconds) && seconds > 0 ? seconds : undefined;
}
