import * as z from 'zod/mini';
import { InvalidJsonError, InvalidRequestError } from '../chat/errors/request-errors.ts';
import { describeProblem } from './body-problem.ts';

/**
 * The first wrong field is told, and no other looked for: what there is to say of megabytes of wrong entries fills the
 * memory of a function.
 */
const firstOnly: z.core.ParseContextInternal<z.core.$ZodIssue> = { abortEarly: true };

/**
 * Reads a parsed JSON body by a schema, strictly.
 *
 * @throws InvalidJsonError when the body is no object.
 * @throws InvalidRequestError naming the first field that is wrong, in the spelling `messages[0].content`.
 */
export function readBody<Schema extends z.ZodMiniType>(schema: Schema, body: unknown): z.output<Schema> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new InvalidJsonError('The request body must be a JSON object. Send one with content-type application/json.');
  }
  const result = z.safeParse(schema, body, firstOnly);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue === undefined) throw new InvalidRequestError('The request body is not valid.');
  const problem = describeProblem(issue, body);
  throw new InvalidRequestError(problem.message, { param: problem.param });
}
