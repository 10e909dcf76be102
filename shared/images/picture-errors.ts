import { UpstreamUnavailableError } from '../chat/errors/answer-faults.ts';
import type { Fault, RetryAdvice } from '../chat/errors/upstream-error.ts';

/** The answer has come, with words and without a picture. Another try would cost the quota another picture. */
export class PictureMissingError extends UpstreamUnavailableError {
  override readonly code = 'picture_missing';
  override readonly fault: Fault = 'protocol';
  override readonly advice: RetryAdvice = 'never';
}

/** The picture was made, and its file can't be had: the link is over, or its host is away. */
export class PictureLostError extends UpstreamUnavailableError {
  override readonly code = 'picture_lost';
}
