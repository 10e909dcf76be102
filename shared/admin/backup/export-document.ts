import * as z from 'zod/mini';
import { storedStates } from '../../accounts/account-states.ts';
import { InvalidRequestError } from '../../chat/errors/request-errors.ts';

/** What the first two members of every export say. */
export const exportFormat = 'qwen-gateway-export';
export const exportVersion = 1;

const base64 = z.string().check(z.regex(/^[A-Za-z0-9+/]+={0,2}$/));
const time = z.iso.datetime();
const shortText = z.string().check(z.maxLength(200));

const plainValue = z.union([z.string(), z.number(), z.boolean(), z.null(), z.record(z.string(), z.number())]);

const account = z.strictObject({
  id: z.string().check(z.regex(/^account-[0-9a-f]{16}$/)),
  label: shortText,
  source: shortText,
  state: z.enum(storedStates),
  reason: z.nullable(z.string().check(z.maxLength(1000))),
  /** Only of a proxy that asks for no login; another one is a secret. */
  proxy_url: z.nullable(shortText),
});

/** The fields of the admin API's keys; what they may hold is checked where the API checks it. */
export const exportedKey = z.strictObject({
  id: z.string().check(z.regex(/^key-[0-9a-f]{12}$/)),
  name: z.string(),
  role: z.enum(['admin', 'user']),
  source: z.string(),
  state: z.string(),
  expires_at: z.nullable(z.string()),
  models: z.array(z.string()),
  routes: z.array(z.string()),
  conversations: z.nullable(z.string()),
  limits: z.optional(z.nullable(z.record(z.string(), z.unknown()))),
  created_at: z.nullable(time),
});

const sealed = z.strictObject({
  kdf: z.literal('scrypt'),
  n: z.literal(131_072),
  r: z.literal(8),
  p: z.literal(1),
  cipher: z.literal('aes-256-gcm'),
  salt: base64,
  nonce: base64,
  data: base64,
});

/** A day's sum as the table holds it; `sk` is its place. */
export const exportedUsage = z.catchall(
  z.object({ sk: z.string().check(z.regex(/^\d{4}-\d\d-\d\d#.{1,500}$/)) }),
  plainValue,
);

/** An export, version 1. Strict: what is not known was not meant for this version. */
export const exportDocument = z.strictObject({
  format: z.literal(exportFormat),
  version: z.literal(exportVersion),
  made_at: time,
  /** Version of the gateway that made it. */
  gateway: shortText,
  /** The id after which the next part of the accounts begins; `null` when these are the last ones. */
  next_account: z.nullable(z.string()),
  settings: z.record(z.string(), z.string()),
  aliases: z.array(z.strictObject({ pattern: z.string(), model: z.string() })),
  keys: z.array(exportedKey),
  accounts: z.array(account),
  webhook: z.strictObject({ has_secret: z.boolean() }),
  usage: z.optional(z.array(exportedUsage)),
  secrets: z.nullable(sealed),
});

/** What is encrypted: by the ids of the document's accounts and keys. */
export const exportSecrets = z.object({
  accounts: z.record(z.string(), z.record(z.string(), z.string())),
  /** SHA-256 of the keys, in hex. */
  keys: z.record(z.string(), z.string().check(z.regex(/^[0-9a-f]{64}$/))),
  webhook: z.nullable(z.string()),
});

export type ExportDocument = z.infer<typeof exportDocument>;
export type ExportSecrets = z.infer<typeof exportSecrets>;
export type ExportedAccount = z.infer<typeof account>;
export type ExportedKey = z.infer<typeof exportedKey>;
export type ExportedUsage = z.infer<typeof exportedUsage>;
export type SealedSecrets = z.infer<typeof sealed>;

/** @throws InvalidRequestError naming the place in the document, without its content. */
export function parseExport(document: unknown): ExportDocument {
  const read = z.safeParse(exportDocument, document);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const path = ['document', ...(issue?.path ?? [])].map((step) => String(step).slice(0, 60)).join('.');
  if (path === 'document.version') {
    throw new InvalidRequestError(`This gateway reads version ${exportVersion} of exports. Update it first.`, {
      param: path,
    });
  }
  const words = issue?.code === 'unrecognized_keys' ? 'has a member that there is not in exports' : 'can’t be read';
  throw new InvalidRequestError(`'${path}' ${words}. Send the export as it was made.`, { param: path });
}
