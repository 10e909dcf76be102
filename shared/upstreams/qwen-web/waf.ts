import { ChallengeError } from '../../chat/errors/account-faults.ts';

/** The marks of the site's verification pages (qwen-web §7.2), each with the code that logs and status pages show. */
const pageMarks: readonly (readonly [mark: string, code: string])[] = [
  ['_____tmd_____/punish', 'x5_punish'],
  ['x5referer', 'x5_punish'],
  ['rgv587_flag', 'x5_punish'],
  ['punishTextFetch', 'x5_punish'],
  ['aliyun_waf', 'aliyun_waf'],
  ['aliyunCaptcha', 'aliyun_captcha'],
  ['nc_1_n1z', 'slider_captcha'],
  ['AWSC', 'slider_captcha'],
  ['baxia', 'slider_captcha'],
];

/** Whether a body is a web page, where only JSON or an event stream would be an answer. */
export function isPage(contentType: string, body: string): boolean {
  return contentType.includes('text/html') || body.trimStart().startsWith('<');
}

/** @returns the code of the verification that a page asks for, `undefined` when it is an ordinary page. */
export function challengeOfPage(body: string): string | undefined {
  return pageMarks.find(([mark]) => body.includes(mark))?.[1];
}

/** The error for a verification: only the owner can pass it, in their own browser. */
export function challengeError(upstreamCode: string): ChallengeError {
  return new ChallengeError(
    'The upstream asks this account for a verification. Open chat.qwen.ai in a browser, pass it, and give the gateway ' +
      "a fresh token and the browser's Cookie header.",
    { upstreamCode },
  );
}
