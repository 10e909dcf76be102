import { UpstreamRejectedError, UpstreamUnavailableError } from '../../chat/errors/answer-faults.ts';
import type { UpstreamError } from '../../chat/errors/upstream-error.ts';
import type { UploadFile } from '../../chat/upload.ts';
import type { Credentials } from '../../chat/upstream.ts';
import { readText } from './read-text.ts';
import { storageAddress } from './storage-address.ts';
import type { StorageGrant } from './storage-grant.ts';
import { signedHeaders } from './storage-signature.ts';
import type { Transport } from './transport.ts';

/** Bytes of a refusal that are read. */
const refusalLimit = 8 * 1024;
/** Statuses that another try with a new grant may do away with: signatures and grants are over soon. */
const passing: ReadonlySet<number> = new Set([401, 403, 408, 429]);

/**
 * Puts a file into the upstream's storage (qwen-web §6.2). The storage sees the grant only, never the account's token or
 * cookies; the account's proxy is used all the same.
 *
 * @throws UpstreamError when the storage does not take it. That says nothing of the account.
 */
export async function putFile(
  transport: Transport,
  grant: StorageGrant,
  { bytes, mediaType }: UploadFile,
  { proxyUrl }: Credentials,
  signal: AbortSignal,
): Promise<void> {
  const response = await transport.send({
    method: 'PUT',
    ...storageAddress(grant, transport.origin),
    headers: signedHeaders(grant, mediaType, new Date()),
    body: bytes,
    signal,
    account: { proxyUrl },
  });
  const text = await readText(response.body, refusalLimit, signal);
  if (response.status < 200 || response.status >= 300) throw refusal(response.status, text);
}

/** Refusals are XML; the code in it is enough. */
function refusal(status: number, xml: string): UpstreamError {
  const upstreamCode = /<Code>(\w{1,64})<\/Code>/.exec(xml)?.[1] ?? `storage_http_${status}`;
  const message = `The upstream's storage did not take the file (${upstreamCode}).`;
  if (status >= 500 || passing.has(status)) return new UpstreamUnavailableError(message, { upstreamCode });
  return new UpstreamRejectedError(message, { upstreamCode });
}
