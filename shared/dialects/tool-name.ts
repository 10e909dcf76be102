import * as z from 'zod/mini';

/** A name that can stand in one line of a prompt. */
export const toolName = z
  .string()
  .check(z.regex(/^[^\s"'`<>[\]{}]{1,128}$/, 'a name without blanks, quotes or brackets'));
