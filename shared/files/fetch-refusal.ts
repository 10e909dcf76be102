import { RefusedAddressError } from './guarded-lookup.ts';

/** A file that is not fetched; the message goes on after the name of the client's field. */
export class FetchRefusal extends Error {
  /** What the server answered with, when that is why. */
  readonly status: number | undefined;

  constructor(message: string, status?: number) {
    super(message);
    this.status = status;
  }
}

/** Says why there is no file. No address that a name has led to is repeated: it may tell of a private network. */
export function refusalOf(error: unknown): string {
  if (error instanceof FetchRefusal) return error.message;
  if (error instanceof RefusedAddressError) return "can't be fetched: its host is not on the public internet.";
  const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
  return `can't be fetched: its server can't be reached, or broke off${code}.`;
}
