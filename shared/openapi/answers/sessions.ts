import { type Fields, isoTime, named, object, oneOf, only, orNull, text } from '../json-schema.ts';

const fields: Fields = {
  object: only('session'),
  expires_at: orNull(isoTime),
  renewable_until: orNull(isoTime),
  key: object({ id: text, name: text, role: oneOf('admin', 'user') }),
};

/** Who is signed in; without times for a key that was shown itself. */
export const session = named('Session', object(fields));

/** The only answer that holds the token itself. */
export const newSession = named('NewSession', object({ ...fields, token: text }));

export const deletedSession = named('DeletedSession', object({ object: only('session.deleted'), deleted: only(true) }));
