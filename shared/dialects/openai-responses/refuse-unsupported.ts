import { InvalidRequestError, UnsupportedParameterError } from '../../chat/errors/request-errors.ts';
import type { ResponsesBody } from './request-body.ts';

/**
 * Refuses what the gateway knows and can't honour. Ignoring a conversation or a prompt kept at OpenAI would change what
 * is asked, so that the caller has to know.
 *
 * @throws UnsupportedParameterError, InvalidRequestError
 */
export function refuseUnsupported(body: ResponsesBody): void {
  if (body.conversation) {
    throw refusal(
      'conversation',
      "Conversations are not kept here. Go on with 'previous_response_id', or send the items.",
    );
  }
  if (body.prompt) {
    throw refusal('prompt', "Prompt templates are not kept here. Send their text as 'instructions' and 'input'.");
  }
  if (body.background === true && body.store === false) {
    throw new InvalidRequestError("A response in the background must be stored. Leave 'store' out.", {
      param: 'store',
    });
  }
}

function refusal(param: string, message: string): UnsupportedParameterError {
  return new UnsupportedParameterError(message, { param });
}
