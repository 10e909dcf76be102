import {
  count,
  type Fields,
  isoTime,
  type JsonSchema,
  listOf,
  named,
  object,
  oneOf,
  only,
  orNull,
  text,
} from '../json-schema.ts';
import { waits } from './status.ts';

const masked = orNull(text);

const fields: Fields = {
  object: only('account'),
  id: text,
  label: text,
  source: text,
  state: oneOf('ok', 'wait', 'invalid', 'challenge', 'draining', 'disabled'),
  reason: orNull(text),
  notice: orNull(text),
  waits,
  token: masked,
  password: masked,
  refresh_token: masked,
  token_expires_at: orNull(isoTime),
  ends_at: orNull(isoTime),
  last_used_at: orNull(isoTime),
  leased_until: orNull(isoTime),
};

/** An account. Secrets are masked; nobody can read them again. */
export const account: JsonSchema = named('Account', object(fields));

export const addedAccount = named(
  'AddedAccount',
  object({ ...fields, outcome: oneOf('added', 'changed', 'unchanged') }),
);

export const accountList = named('AccountList', object({ object: only('list'), data: listOf(account) }));

export const deletedAccount = named(
  'DeletedAccount',
  object({ object: only('account.deleted'), id: text, deleted: only(true), notice: orNull(text) }),
);

/** What became of each account; `left` were not begun for want of time. */
export const refreshReport = named(
  'RefreshReport',
  object({
    object: only('list'),
    data: listOf(object({ id: text, label: orNull(text), outcome: text })),
    left: count,
  }),
);

const importFields: Fields = { object: only('account.import'), id: text, total: count };

export const startedImport = named(
  'StartedImport',
  object({ ...importFields, state: only('running'), warnings: listOf(text) }),
);

const counts: Fields = {
  ...importFields,
  state: oneOf('running', 'done', 'stalled'),
  imported: count,
  failed: count,
  waiting: count,
  created_at: isoTime,
  finished_at: orNull(isoTime),
};

const importCounts = named('ImportProgress', object(counts));

const importItem = named(
  'ImportItem',
  object({
    item: count,
    name: text,
    state: oneOf('waiting', 'added', 'changed', 'unchanged', 'failed'),
    account_id: orNull(text),
    reason: orNull(text),
  }),
);

export const importDetail = named('Import', object({ ...counts, items: listOf(importItem) }));

/** The events of an import. */
export const importEvents: Fields = {
  item: importItem,
  progress: importCounts,
  end: importCounts,
  error: named('StreamFailure', object({ error: object({ code: text, message: text }) })),
};
