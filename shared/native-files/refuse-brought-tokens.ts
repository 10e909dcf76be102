import { UnsupportedParameterError } from '../chat/errors/request-errors.ts';
import type { Caller } from '../http/invocation.ts';

/** Of callers with tokens of their own nothing is kept, so their files would have no ids. @throws UnsupportedParameterError */
export function refuseBroughtTokens({ tokens }: Caller): void {
  if (tokens === undefined) return;
  throw new UnsupportedParameterError(
    'Uploads are for gateway keys: tokens in a request serve this request alone. Send the file within the message.',
  );
}
