import type { GatewayError } from '../../chat/errors/gateway-error.ts';
import { PoolCoolingError, PoolQuotaError } from '../no-account-errors.ts';
import {
  CallerTokenChallengedError,
  CallerTokenRefusedError,
  CallerTokenUnusableError,
} from './caller-token-errors.ts';
import type { TokenMark } from './token-marks.ts';

/**
 * Says to the caller why none of its tokens serves. As with the gateway's own accounts, what passes by itself comes
 * before what somebody has to do.
 *
 * @param marks what each token has met, `undefined` for those that are merely busy.
 * @param now epoch milliseconds.
 */
export function explainNoToken(marks: readonly (TokenMark | undefined)[], now: number): GatewayError {
  const of = (fault: TokenMark['fault']) => marks.flatMap((mark) => (mark?.fault === fault ? mark : []));
  const share = (met: readonly TokenMark[]) =>
    marks.length === 1 ? 'the token sent' : `${met.length} of the ${marks.length} tokens sent`;
  if (marks.some((mark) => mark === undefined)) {
    return new PoolCoolingError('Every token sent that could serve is busy. Try again in a moment, or send another.', {
      retryAfterSeconds: 1,
    });
  }
  const [limited, spent, challenged, refused, unusable] = [
    of('limit'),
    of('quota'),
    of('challenge'),
    of('auth'),
    of('account'),
  ];
  if (limited.length > 0) {
    const retryAfterSeconds = secondsUntil(limited, now);
    const words = `The site has set a short limit to ${share(limited)}. Try again in ${retryAfterSeconds} s.`;
    return new PoolCoolingError(words, { retryAfterSeconds });
  }
  if (spent.length > 0) {
    const words = `The quota of ${share(spent)} is used up. Wait, or send another token.`;
    return new PoolQuotaError(words, { retryAfterSeconds: secondsUntil(spent, now) });
  }
  if (challenged.length > 0) {
    return new CallerTokenChallengedError(
      `The site asks the owner of ${share(challenged)} for a verification. Open https://chat.qwen.ai in your own ` +
        'browser, solve it there, and try again.',
    );
  }
  if (refused.length > 0) {
    return new CallerTokenRefusedError(
      `The site does not accept ${share(refused)}. Sign in on https://chat.qwen.ai again and send the new token.`,
    );
  }
  return new CallerTokenUnusableError(
    `The site does not let in the account of ${share(unusable)}; as a rule it is not activated yet.`,
  );
}

function secondsUntil(marks: readonly TokenMark[], now: number): number {
  return Math.max(1, Math.ceil((Math.min(...marks.map(({ until }) => until)) - now) / 1000));
}
