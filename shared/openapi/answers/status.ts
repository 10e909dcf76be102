import { count, flag, isoTime, listOf, mapOf, named, object, oneOf, only, orNull, text } from '../json-schema.ts';

/** Until when an account rests from one kind of work, by that kind. */
export const waits = mapOf(object({ until: orNull(isoTime), cause: text }));

const account = object({
  id: text,
  label: text,
  state: text,
  reason: orNull(text),
  notice: orNull(text),
  endsAt: orNull(isoTime),
  waits,
  tokenExpiresAt: orNull(isoTime),
  lastUsedAt: orNull(isoTime),
});

/** What the gateway knows of its accounts; each of them for admins only. */
export const status = named(
  'Status',
  object(
    {
      status: oneOf('ok', 'unavailable', 'no_accounts'),
      authorized: flag,
      upstream: object({ url: text, simulated: flag, label: orNull(text) }),
      counts: { type: 'object', required: ['total', 'ready'], additionalProperties: count },
    },
    { accounts: listOf(account) },
  ),
);

export const hello = named('Hello', object({ message: text }));

/** What everybody may know. */
export const info = named(
  'Info',
  object({
    object: only('info'),
    name: text,
    version: text,
    upstream: object({ label: orNull(text), simulated: flag }),
    state: oneOf('ok', 'unavailable', 'no_accounts', 'unknown'),
    open_mode: flag,
    default_model: text,
    routes: listOf(object({ name: text, base_path: text, path: text })),
  }),
);
