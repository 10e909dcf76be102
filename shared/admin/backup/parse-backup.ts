import * as z from 'zod/mini';
import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import { objectOf } from '../accounts/object-of.ts';
import { importModes } from './apply/import-context.ts';

const leastPassphrase = 12;
const mostAccounts = 100_000;

const newPassphrase = z.string().check(z.minLength(leastPassphrase), z.maxLength(1000));

/** `POST /admin/export`. */
export const exportBody = z.strictObject({
  secrets: z.nullish(z.strictObject({ passphrase: newPassphrase })),
  usage: z.nullish(z.boolean()),
  accounts: z.nullish(
    z.strictObject({
      after: z.nullish(z.string().check(z.regex(/^account-[0-9a-f]{16}$/))),
      limit: z.nullish(z.int().check(z.gte(1), z.lte(mostAccounts))),
    }),
  ),
});

/** `POST /admin/import` and `POST /admin/import/preview`. */
export const importBody = z.strictObject({
  document: z.union([z.string(), z.record(z.string(), z.unknown()), z.array(z.unknown())]),
  passphrase: z.nullish(z.string().check(z.minLength(1), z.maxLength(1000))),
  mode: z.nullish(z.enum(importModes)),
  admins: z.nullish(z.boolean()),
});

const demands: Readonly<Record<string, string>> = {
  secrets: `must be an object with a 'passphrase' of at least ${leastPassphrase} characters`,
  usage: 'must be true or false',
  accounts: `must be an object with 'limit', a whole number from 1 to ${mostAccounts}, and 'after', the id of an account`,
  document: 'must be the export as it was made, or the text of a file',
  passphrase: 'must be a text',
  mode: `must be ${importModes.join(' or ')}`,
  admins: 'must be true or false',
};

/** @throws InvalidRequestError naming the field, also one that there is not. */
export function parseExportBody(body: unknown) {
  const { secrets, usage, accounts } = parse(exportBody, body ?? {});
  return {
    passphrase: secrets?.passphrase,
    usage: usage ?? false,
    accounts: { after: accounts?.after ?? 'account-', limit: accounts?.limit ?? mostAccounts },
  };
}

/** @throws InvalidRequestError naming the field, also one that there is not. */
export function parseImportBody(body: unknown) {
  const { document, passphrase, mode, admins } = parse(importBody, body);
  return { document, passphrase: passphrase ?? undefined, mode: mode ?? 'merge', admins: admins ?? false };
}

function parse<Schema extends z.ZodMiniType>(schema: Schema, body: unknown): z.output<Schema> {
  const read = z.safeParse(schema, objectOf(body));
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const isUnknown = issue?.code === 'unrecognized_keys';
  const path = [...(issue?.path ?? []), ...(isUnknown ? issue.keys.slice(0, 1) : [])];
  const field = path.map((step) => String(step).slice(0, 60)).join('.');
  const words = isUnknown ? 'is no field of this request' : (demands[String(path[0])] ?? 'can’t be read');
  throw new InvalidRequestError(`'${field}' ${words}.`, { param: field });
}
