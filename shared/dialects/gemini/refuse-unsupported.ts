import { UnsupportedParameterError } from '../../chat/errors/request-errors.ts';
import type { GeminiBody } from './request-body.ts';

/**
 * Refuses what the gateway knows and can't honour. Ignoring these would change the meaning of the answer, so that the
 * caller has to know.
 *
 * @throws UnsupportedParameterError
 */
export function refuseUnsupported({ cachedContent, generationConfig }: GeminiBody): void {
  const { candidateCount, responseLogprobs, responseModalities } = generationConfig ?? {};
  if (cachedContent) {
    throw refusal('cachedContent', 'Cached contents are not kept here. Send the whole conversation in each request.');
  }
  if (typeof candidateCount === 'number' && candidateCount > 1) {
    throw refusal(
      'generationConfig.candidateCount',
      'Only one candidate per request is supported. Send the request several times.',
    );
  }
  if (responseLogprobs) {
    throw refusal('generationConfig.responseLogprobs', 'Log probabilities are not available.');
  }
  if (responseModalities?.some((modality) => modality.toUpperCase() !== 'TEXT')) {
    throw refusal('generationConfig.responseModalities', 'Only text answers are supported here.');
  }
}

function refusal(param: string, message: string): UnsupportedParameterError {
  return new UnsupportedParameterError(`'${param}' can't be honoured. ${message}`, { param });
}
