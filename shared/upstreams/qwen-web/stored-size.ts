import { UpstreamUnavailableError } from '../../chat/errors/answer-faults.ts';
import type { Credentials } from '../../chat/upstream.ts';
import { headerText } from './classify-error.ts';
import type { Transport, UpstreamResponse } from './transport.ts';
import { isUpstreamUrl } from './upstream-url.ts';

/**
 * Asks the storage for the size of a file. Its signed address is signed for GET, so that HEAD would be refused: the first
 * byte is asked for, and the answer tells the size of the whole.
 *
 * @param fileUrl of the grant.
 * @returns bytes; `undefined` when nothing is there.
 * @throws UpstreamUnavailableError when the storage does not tell.
 */
export async function storedSize(
  transport: Transport,
  fileUrl: string,
  { proxyUrl }: Pick<Credentials, 'proxyUrl'>,
  signal: AbortSignal,
): Promise<number | undefined> {
  const url = URL.parse(fileUrl);
  if (url === null || !isUpstreamUrl(url, transport.origin)) throw unknown('foreign_storage');
  const response = await transport.send({
    method: 'GET',
    host: new URL(url.origin),
    path: url.pathname + url.search,
    headers: { accept: '*/*', range: 'bytes=0-0' },
    signal,
    account: { proxyUrl },
  });
  response.body.release(1000);
  if (response.status === 404) return undefined;
  return sizeOf(response);
}

/** An empty file has no first byte, so that its range can't be satisfied. */
function sizeOf({ status, headers }: UpstreamResponse): number {
  const told =
    status === 200 ? headerText(headers, 'content-length') : afterSlash(headerText(headers, 'content-range'));
  const size = Number(told === '' ? Number.NaN : told);
  const isTold = status === 200 || status === 206 || status === 416;
  if (isTold && Number.isInteger(size) && size >= 0) return size;
  throw unknown(`storage_http_${status}`);
}

function afterSlash(range: string): string {
  return /\/(\d+)$/.exec(range)?.[1] ?? '';
}

function unknown(upstreamCode: string): UpstreamUnavailableError {
  return new UpstreamUnavailableError(`The upstream's storage does not tell of the file (${upstreamCode}).`, {
    upstreamCode,
  });
}
