import { AccountUnauthorizedError } from '../../chat/errors/account-faults.ts';
import type { Credentials } from '../../chat/upstream.ts';
import { classifyResponse } from './classify-error.ts';
import { upstreamHeaders } from './headers.ts';
import { callJson, tryJson } from './json-call.ts';
import { objectField, textField } from './json-fields.ts';
import { isRetiredAddress } from './retired-address.ts';
import type { Transport } from './transport.ts';

/**
 * Asks whose credentials these are (qwen-web §1.4), by calls that rotate nothing.
 *
 * @throws AccountUnauthorizedError also when the site takes their holder for a guest, who is a user without an id.
 */
export async function check(transport: Transport, credentials: Credentials, signal: AbortSignal): Promise<void> {
  const headers = upstreamHeaders({ credentials, accept: 'application/json' });
  const call = { method: 'GET', headers, signal, account: credentials } as const;
  const outcome = await tryJson(transport, { ...call, host: 'auth', path: '/api/v2/auths/' });
  if (!('refused' in outcome)) {
    if (textField(objectField(outcome.body, 'data'), 'id') !== undefined) return;
    throw new AccountUnauthorizedError('The upstream takes the account for a guest.', { upstreamCode: 'guest' });
  }
  if (!isRetiredAddress(outcome.refused)) throw classifyResponse(outcome.refused);
  await callJson(transport, { ...call, path: '/api/v2/users/user/settings' });
}
