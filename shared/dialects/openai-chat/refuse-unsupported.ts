import { UnsupportedParameterError } from '../../chat/errors/request-errors.ts';
import type { ChatFieldsBody } from './request-body.ts';

/**
 * Refuses what the gateway knows and can't honour. Ignoring these would change the meaning of the answer, so that the
 * caller has to know.
 *
 * @throws UnsupportedParameterError
 */
export function refuseUnsupported(body: ChatFieldsBody): void {
  if (typeof body.n === 'number' && body.n > 1) {
    throw refusal('n', "Only one choice per request is supported. Leave 'n' out, and send the request several times.");
  }
  if (body.logprobs === true) {
    throw refusal('logprobs', "Log probabilities are not available. Leave 'logprobs' out.");
  }
  if (body.modalities?.includes('audio')) {
    throw refusal('modalities', "Only text answers are supported. Leave 'audio' out of 'modalities'.");
  }
  if (body.functions?.length && body.function_call !== 'none') {
    throw refusal(
      'functions',
      "'functions' has been replaced by 'tools': send each as {type: 'function', function: …}.",
    );
  }
}

function refusal(param: string, message: string): UnsupportedParameterError {
  return new UnsupportedParameterError(message, { param });
}
