import type { FaultName } from '../../../../local/simulator/faults/fault-rule.ts';
import { alike, broken, type FaultRow, middle, refused, type SeenFault } from '../fault-row.ts';
import { seen } from '../seen-faults.ts';

const limit = (fault: FaultName): FaultRow => alike(fault, { fault }, refused(seen.limited, 1, 'wait'));
const quota = (fault: FaultName, error: SeenFault = seen.quota): FaultRow =>
  alike(fault, { fault }, refused(error, 1, 'wait'));
const empty = (name: string, fault: FaultName): FaultRow => alike(name, { fault }, refused(seen.empty, 1, 'wait'));
/** Once with the old token, once with the one that signing in gave. */
const auth = (fault: FaultName): FaultRow => alike(fault, { fault }, refused(seen.signedOut, 2, 'invalid'));
const challenge = (fault: FaultName): FaultRow => alike(fault, { fault }, refused(seen.challenged, 1, 'challenge'));
const frame = { fault: 'error-frame', after: middle } as const;

/** What the account itself is answered; it is the only one, so that nobody is left. */
export const benchingRows: readonly FaultRow[] = [
  auth('unauthorized-401'),
  auth('forbidden-403'),
  limit('http-429'),
  quota('rate-limited', seen.quotaHours),
  limit('rate-limited-num-zero'),
  quota('quota-limited'),
  quota('quota-exhausted'),
  limit('parallel-limited'),
  limit('allocated-quota'),
  limit('too-many-requests'),
  limit('exceed-limit'),
  auth('unauthorized-200'),
  auth('unauthorized-lower-200'),
  auth('actual-status-401'),
  auth('forbidden-200'),
  auth('not-authenticated-200'),
  alike('account-pending', { fault: 'account-pending' }, refused(seen.disabled, 1, 'disabled')),
  challenge('rgv587'),
  challenge('x5-punish'),
  challenge('aliyun-waf'),
  challenge('slider-captcha'),
  challenge('punish-redirect'),
  challenge('blocked-page-403'),
  challenge('verification-200'),
  alike(
    'rgv587 on creating the chat',
    { fault: 'rgv587', route: 'chat-create' },
    {
      ...refused(seen.challenged, 0, 'challenge'),
    },
  ),
  empty('empty body', 'empty-body'),
  empty('only response.created', 'empty-after-created'),
  empty('end without a word', 'system-role-no-answer'),
  {
    name: 'error-frame RateLimited after tokens',
    rule: { ...frame, code: 'RateLimited', num: 8 },
    streamed: broken(seen.quotaHours, 'wait'),
    whole: refused(seen.quotaHours, 1, 'wait'),
  },
  {
    name: 'error-frame Unauthorized after tokens',
    rule: { ...frame, code: 'Unauthorized' },
    // The refused token is set aside, and another one is got before the next use.
    streamed: broken(seen.accountSignedOut),
    whole: refused(seen.signedOut, 2, 'invalid'),
  },
  {
    name: 'error-frame FAIL_SYS_USER_VALIDATE after tokens',
    rule: { ...frame, code: 'FAIL_SYS_USER_VALIDATE' },
    streamed: broken(seen.accountChallenged, 'challenge'),
    whole: refused(seen.challenged, 1, 'challenge'),
  },
];
