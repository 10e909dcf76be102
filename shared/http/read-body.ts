import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { InvalidJsonError, PayloadTooLargeError } from '../chat/errors/request-errors.ts';

/**
 * The parsed JSON body of an event, `undefined` when there is none.
 *
 * @param limit bytes.
 * @throws PayloadTooLargeError, InvalidJsonError
 */
export function readJsonBody(event: LambdaFunctionURLEvent, limit: number): unknown {
  const text = readText(event);
  const size = Buffer.byteLength(text);
  if (size > limit) {
    throw new PayloadTooLargeError(
      `The body has ${size} bytes; this gateway takes ${limit}. Send less history, or files by URL.`,
    );
  }
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidJsonError('The body is not valid JSON. Send a JSON object with content-type application/json.', {
      cause,
    });
  }
}

function readText({ body = '', isBase64Encoded }: LambdaFunctionURLEvent): string {
  return isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
}
