import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { InvalidJsonError, PayloadTooLargeError } from '../chat/errors/request-errors.ts';
import { isDeeperThan } from './nesting-depth.ts';

/** Levels of a body: a hundred times what clients send, a tenth of what the stack bears. */
const deepestBody = 256;

type BodyOfEvent = Pick<LambdaFunctionURLEvent, 'body' | 'isBase64Encoded'>;

/**
 * The parsed JSON body of an event, `undefined` when there is none.
 *
 * @param limit bytes.
 * @throws PayloadTooLargeError, InvalidJsonError
 */
export function readJsonBody(event: BodyOfEvent, limit: number): unknown {
  const text = readText(event);
  const size = Buffer.byteLength(text);
  if (size > limit) {
    throw new PayloadTooLargeError(
      `The body has ${size} bytes; this gateway takes ${limit}. Send less history, or files by URL.`,
    );
  }
  if (text.trim() === '') return undefined;
  const body = parse(text);
  if (isDeeperThan(body, deepestBody)) {
    throw new InvalidJsonError(`The body is nested more than ${deepestBody} levels deep.`);
  }
  return body;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidJsonError('The body is not valid JSON. Send a JSON object with content-type application/json.', {
      cause,
    });
  }
}

/**
 * The body of an event as it came.
 *
 * @param limit bytes.
 * @throws PayloadTooLargeError
 */
export function readBytes({ body = '', isBase64Encoded }: BodyOfEvent, limit: number): Buffer {
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length <= limit) return bytes;
  throw new PayloadTooLargeError(
    `The body has ${bytes.length} bytes; this gateway takes ${limit} of a form. Send pictures by URL, and files in parts ` +
      '(POST /v1/uploads) or past the functions (POST /api/files/sign).',
  );
}

function readText({ body = '', isBase64Encoded }: BodyOfEvent): string {
  return isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
}
