import { isWhole, sizeOf, type UploadFile } from '../../chat/upload.ts';
import type { Credentials } from '../../chat/upstream.ts';
import { readText } from './read-text.ts';
import { storageAddress } from './storage-address.ts';
import type { StorageGrant } from './storage-grant.ts';
import { knowsNotTheForm, type Refusal, readRefusal, storageError } from './storage-refusal.ts';
import { signedHeaders } from './storage-signature.ts';
import { signedHeadersV1 } from './storage-signature-v1.ts';
import type { Transport } from './transport.ts';

/** Bytes of a refusal that are read. */
const refusalLimit = 8 * 1024;

/**
 * Puts a file into the upstream's storage (qwen-web §6.2). The storage sees the grant only, never the account's token or
 * cookies; the account's proxy is used all the same. Where the storage does not know the newer form of signatures, the
 * older one is tried once.
 *
 * @throws UpstreamError when the storage does not take it. That says nothing of the account.
 */
export async function putFile(
  transport: Transport,
  grant: StorageGrant,
  file: UploadFile,
  { proxyUrl }: Credentials,
  signal: AbortSignal,
): Promise<void> {
  const { mediaType } = file;
  const put = async (signed: Record<string, string>): Promise<Refusal | undefined> => {
    const place = storageAddress(grant, transport.origin);
    // Memory holds whole files; others begin anew with each try.
    const bytes = isWhole(file) ? file.bytes : await file.open(signal);
    const headers = { ...signed, 'content-length': String(sizeOf(file)) };
    const call = { method: 'PUT', ...place, headers, body: bytes, signal, account: { proxyUrl } } as const;
    const { status, body } = await transport.send(call);
    const text = await readText(body, refusalLimit, signal);
    return status >= 200 && status < 300 ? undefined : readRefusal(status, text);
  };
  let refusal = await put(signedHeaders(grant, { mediaType }, new Date()));
  if (refusal !== undefined && knowsNotTheForm(refusal)) {
    refusal = await put(signedHeadersV1(grant, { mediaType }, new Date()));
  }
  if (refusal !== undefined) throw storageError(refusal);
}
