import { z } from 'zod';
import { isFaultName } from '../faults/fault-rule.ts';
import { routeKinds } from '../http/route.ts';

const count = z.number().int().nonnegative();
const textOrList = z.union([z.string(), z.array(z.string())]);

/** Bodies of the control API; unknown fields are refused, so that a typing error is seen. */
export const faultSchema = z.strictObject({
  fault: z.string().refine(isFaultName, 'no such fault'),
  account: z.string().optional(),
  route: z.enum([...routeKinds, 'any']).optional(),
  path: z.string().optional(),
  model: z.string().optional(),
  says: z.string().optional(),
  times: count.optional(),
  num: z.number().optional(),
  after: count.optional(),
  code: z.string().optional(),
  details: z.string().optional(),
  form: z.enum(['object', 'string', 'envelope', 'event']).optional(),
  ms: count.optional(),
});

export const scriptSchema = z.strictObject({
  text: textOrList.optional(),
  reasoning: textOrList.optional(),
  raw: textOrList.optional(),
  bulk: z.strictObject({ chunks: count, chunkText: z.string(), delayMs: count.optional() }).optional(),
  account: z.string().optional(),
  model: z.string().optional(),
  times: z.union([count, z.literal('always')]).optional(),
});

export const accountSchema = z.strictObject({
  email: z.string().min(1),
  password: z.string(),
  signInWith: z.enum(['session', 'access']).optional(),
});

export const emailSchema = z.strictObject({ email: z.string(), refreshTokens: z.boolean().optional() });

export const paceSchema = z.strictObject({ chunkDelayMs: count });

export const pollsSchema = z.strictObject({ polls: z.number().int().positive() });

/** What a request must be like to end a wait: every given field has to fit. */
export const waitSchema = z.strictObject({
  route: z.string().optional(),
  method: z.string().optional(),
  path: z.string().optional(),
  account: z.string().optional(),
  outcome: z.enum(['open', 'answered', 'client-gone', 'cut']).optional(),
  stalled: z.boolean().optional(),
  /** Only requests with a greater number. */
  afterNumber: count.optional(),
});
