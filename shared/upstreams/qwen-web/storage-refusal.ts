import { UpstreamRejectedError, UpstreamUnavailableError } from '../../chat/errors/answer-faults.ts';
import type { UpstreamError } from '../../chat/errors/upstream-error.ts';

/** Why the storage did not take a file. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
}

/** Statuses that another try with a new grant may do away with: signatures and grants are over soon. */
const passing: ReadonlySet<number> = new Set([401, 403, 408, 429]);
/** Codes that stand for an Authorization header that could not be read; a wrong signature has another. */
const unknownForm: ReadonlySet<string> = new Set(['InvalidArgument', 'NotImplemented']);

/** Refusals are XML; the code in it is enough. */
export function readRefusal(status: number, xml: string): Refusal {
  return { status, code: /<Code>(\w{1,64})<\/Code>/.exec(xml)?.[1] ?? `storage_http_${status}` };
}

/** Whether the storage says that it does not know this version of signatures. */
export function knowsNotTheForm({ status, code }: Refusal): boolean {
  return (status === 400 || status === 501) && unknownForm.has(code);
}

export function storageError({ status, code }: Refusal): UpstreamError {
  const message = `The upstream's storage did not take the file (${code}).`;
  if (status >= 500 || passing.has(status)) return new UpstreamUnavailableError(message, { upstreamCode: code });
  return new UpstreamRejectedError(message, { upstreamCode: code });
}
