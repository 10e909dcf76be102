import { actualStatus, headerText, type RefusedResponse } from './classify-error.ts';
import { challengeOfPage, isPage } from './waf.ts';

/**
 * Whether a refusal looks like that of an address which the site has retired: it then answers 404, 405 or 504, or with
 * a page (qwen-web §1.1, §7.2). A page that asks for a verification is not one: every address would ask for it.
 */
export function isRetiredAddress({ status, headers, body }: RefusedResponse): boolean {
  const realStatus = actualStatus(status, headers);
  if (isPage(headerText(headers, 'content-type'), body)) return challengeOfPage(body) === undefined;
  return realStatus === 404 || realStatus === 405 || realStatus === 504;
}
