import { TruncatedAnswerError } from '../chat/errors/answer-faults.ts';

/** For an answer whose events end without a finish. */
export function unfinishedAnswer(): TruncatedAnswerError {
  return new TruncatedAnswerError('The answer ended before it was finished. Try again.');
}
