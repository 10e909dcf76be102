import { isIP } from 'node:net';
import { isPublicAddress } from '../files/public-address.ts';
import { isPublicOrPrivateAddress, type MayCall } from './webhook-addresses.ts';

const longestUrl = 2048;

/** Where events may be sent. */
export interface WebhookRules {
  /** Decides about each address that a name leads to, before anything is sent. */
  readonly mayCall: MayCall;
  /** @returns what is wrong with a URL as it is written, as the rest of a sentence; `undefined` for nothing. */
  readonly problemOf: (url: string) => string | undefined;
}

/** @param allowsPrivate whether http and servers on this machine and in private networks are allowed too. */
export function webhookRules(allowsPrivate: boolean): WebhookRules {
  const mayCall = allowsPrivate ? isPublicOrPrivateAddress : isPublicAddress;
  const protocols: readonly string[] = allowsPrivate ? ['https:', 'http:'] : ['https:'];
  return {
    mayCall,
    problemOf(text) {
      if (text.length > longestUrl) return `is longer than ${longestUrl} characters.`;
      const url = URL.parse(text);
      if (url === null || !protocols.includes(url.protocol)) {
        return allowsPrivate ? 'must be an http(s) URL.' : 'must be an https URL.';
      }
      if (url.username !== '' || url.password !== '') return 'must be a URL without a user name and password.';
      const host = url.hostname.replace(/^\[|\]$/g, '');
      // A host that is an address is never looked up, so it is checked here.
      if (isIP(host) !== 0 && !mayCall(host)) return 'leads to an address that is not on the public internet.';
      if (!allowsPrivate && /(?:^|\.)localhost\.?$/.test(host)) return 'leads to the gateway’s own machine.';
      return undefined;
    },
  };
}
