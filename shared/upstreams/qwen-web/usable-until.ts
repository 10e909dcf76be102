/** Milliseconds for which clients go on using an upload at most (qwen-web §6.5). */
const longestUse = 3_600_000;
/** Milliseconds kept for the request that uses it. */
const reserve = 60_000;

/**
 * How long requests may refer to an upload: as long as the signature of its URL lasts, and an hour at most.
 *
 * @param now epoch milliseconds.
 * @returns epoch milliseconds.
 */
export function usableUntil(fileUrl: string, now: number): number {
  return Math.min(now + longestUse, signatureEnd(fileUrl, now)) - reserve;
}

/** The storage's signatures tell their end, in version 1, or their length, in version 4, both in seconds. */
function signatureEnd(fileUrl: string, now: number): number {
  const query = URL.parse(fileUrl)?.searchParams;
  const end = Number(query?.get('Expires') ?? Number.NaN);
  if (end > 0) return end * 1000;
  const length = Number(query?.get('x-oss-expires') ?? Number.NaN);
  return length > 0 ? now + length * 1000 : Number.POSITIVE_INFINITY;
}
