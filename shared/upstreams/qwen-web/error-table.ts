import {
  AccountUnauthorizedError,
  AccountUnusableError,
  QuotaExhaustedError,
  RateLimitedError,
} from '../../chat/errors/account-faults.ts';
import {
  ChatBusyError,
  ChatGoneError,
  ContentFilterError,
  UpstreamModelGoneError,
  UpstreamRejectedError,
  UpstreamUnavailableError,
} from '../../chat/errors/answer-faults.ts';
import type { UpstreamError, UpstreamErrorOptions } from '../../chat/errors/upstream-error.ts';
import type { UpstreamFault } from './upstream-fault.ts';
import { challengeError } from './waf.ts';

/** Makes the error for one refusal. */
export type ErrorMaker = (fault: UpstreamFault, options: UpstreamErrorOptions) => UpstreamError;

/** Seconds until another try after a limit that named no time; the upstream's short limits last minutes at most. */
const shortLimitSeconds = 60;
const secondsPerHour = 3600;

/** A limit with hours is the day's quota, one without is a burst (qwen-web §7.1). */
const rateLimited: ErrorMaker = (fault, options) => {
  if (fault.hours === undefined || fault.hours <= 0) return tooMany(fault, options);
  const retryAfterSeconds = Math.ceil(fault.hours * secondsPerHour);
  return new QuotaExhaustedError('The account has used up its quota for today.', { ...options, retryAfterSeconds });
};

const tooMany: ErrorMaker = (_fault, options) =>
  new RateLimitedError('The account sends too many requests at the moment.', {
    retryAfterSeconds: shortLimitSeconds,
    ...options,
  });
const quotaExhausted: ErrorMaker = (_fault, options) =>
  new QuotaExhaustedError('The account has used up its quota.', options);
const unauthorized: ErrorMaker = (_fault, options) =>
  new AccountUnauthorizedError("The upstream doesn't accept the account's token (any more).", options);
const unusable: ErrorMaker = (_fault, options) =>
  new AccountUnusableError('The account is not activated yet: its owner finds a mail from the site.', options);
const chatBusy: ErrorMaker = (_fault, options) =>
  new ChatBusyError('The upstream chat is still writing another answer. Wait for it, or use a new chat.', options);
const chatGone: ErrorMaker = (_fault, options) =>
  new ChatGoneError('The upstream chat, or the message to go on from, is gone. Start a new chat.', options);
const modelGone: ErrorMaker = (_fault, options) =>
  new UpstreamModelGoneError("The upstream doesn't offer this model (any more).", options);
const contentFilter: ErrorMaker = (_fault, options) =>
  new ContentFilterError("The upstream's content filter refused this conversation.", options);
const unavailable: ErrorMaker = (_fault, options) =>
  new UpstreamUnavailableError('The upstream has a problem of its own; try again.', options);
const rejected: ErrorMaker = (fault, options) =>
  new UpstreamRejectedError(`The upstream doesn't take this request: ${words(fault)}`, options);

/** Codes that mean one thing, in lower case without separators: the upstream spells them in several ways. */
export const errorsByCode: ReadonlyMap<string, ErrorMaker> = new Map([
  ['ratelimited', rateLimited],
  ['parallellimited', tooMany],
  ['toomanyrequests', tooMany],
  ['exceedlimit', tooMany],
  ['quotalimited', quotaExhausted],
  ['quotaexhausted', quotaExhausted],
  ['unauthorized', unauthorized],
  ['chatnotfound', chatGone],
  ['parentnotfound', chatGone],
  ['modelnotfound', modelGone],
  ['datainspectionfailed', contentFilter],
  ['requestvalidationerror', rejected],
  ['internalservererror', unavailable],
  ['failsysuservalidate', (fault) => challengeError(fault.code ?? 'captcha')],
]);

/** Words that decide whatever the code says. */
export const errorsByStrongText: readonly (readonly [RegExp, ErrorMaker])[] = [[/pending activation/i, unusable]];

/** Words that decide where the code is as wide as `Bad_Request`, or none. The first match wins. */
export const errorsByText: readonly (readonly [RegExp, ErrorMaker])[] = [
  [/allocated quota exceeded/i, tooMany],
  [/chat is in progress/i, chatBusy],
  [/model\b.*\bnot (?:found|exist)/i, modelGone],
  [/(?:chat|message)\b.*\b(?:not (?:found|exist)|been deleted)/i, chatGone],
  [/inappropriate content/i, contentFilter],
  [/token has expired|not authenticated/i, unauthorized],
  [/internal error/i, unavailable],
];

/** Wide codes, for words that nobody has seen before. */
export const errorsByWideCode: ReadonlyMap<string, ErrorMaker> = new Map([
  ['badrequest', rejected],
  ['notfound', rejected],
  ['forbidden', unauthorized],
]);

/** What an HTTP status means when nothing else is said. */
export function errorByStatus(status: number): ErrorMaker {
  if (status === 401 || status === 403) return unauthorized;
  if (status === 429) return tooMany;
  if (status >= 300 && status < 500 && status !== 408) return rejected;
  return unavailable;
}

/** The upstream's own words, short enough for one line of a log. */
function words(fault: UpstreamFault): string {
  const text = fault.text.replace(/\s+/g, ' ').slice(0, 200);
  return text === '' ? (fault.code ?? 'no reason given') : text;
}
