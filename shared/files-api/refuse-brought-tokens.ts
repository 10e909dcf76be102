import { UnsupportedParameterError } from '../chat/errors/request-errors.ts';
import type { Caller } from '../http/invocation.ts';

/** Tokens that a caller brings are kept nowhere, and neither is what they send. @throws UnsupportedParameterError */
export function refuseBroughtTokens({ tokens }: Caller): void {
  if (tokens === undefined) return;
  throw new UnsupportedParameterError(
    'Files are kept for gateway keys only: tokens in a request serve that request. Send the file with the message.',
  );
}
