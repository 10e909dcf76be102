import { anyOf, listOf, named, object, orNull, text } from '../json-schema.ts';

/** What an account is made of: one of token, cookie, or e-mail and password. Others fields are ignored. */
export const accountFields = named(
  'AccountFields',
  object(
    {},
    {
      token: orNull(text),
      cookie: orNull(text),
      email: orNull(text),
      password: orNull(text),
      refreshToken: orNull(text),
      proxyUrl: orNull(text),
      label: orNull(text),
    },
  ),
);

/** Which accounts are renewed. */
export const refreshIds = named('RefreshRequest', object({}, { ids: orNull({ ...listOf(text), maxItems: 1000 }) }));

const entries = listOf(anyOf(text, accountFields));
const concurrency = { type: 'integer', minimum: 1, maximum: 20, description: 'Sign-ins at once.' };

/** Accounts in any form that owners have them. */
export const accountImport = named(
  'AccountImport',
  anyOf(entries, object({ accounts: entries }, { concurrency }), object({ text }, { concurrency })),
);
