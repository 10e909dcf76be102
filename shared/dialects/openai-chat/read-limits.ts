import type { OutputLimits } from '../../chat/request.ts';
import type { ChatFieldsBody } from './request-body.ts';

/** Reads the token limit, where the newer `max_completion_tokens` wins, and the stop sequences without empty ones. */
export function readLimits(body: ChatFieldsBody): OutputLimits {
  const maxOutputTokens = body.max_completion_tokens ?? body.max_tokens;
  const stop = typeof body.stop === 'string' ? [body.stop] : (body.stop ?? []);
  const stopSequences = stop.filter((sequence) => sequence !== '');
  return typeof maxOutputTokens === 'number' ? { maxOutputTokens, stopSequences } : { stopSequences };
}
