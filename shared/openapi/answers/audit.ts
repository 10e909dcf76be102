import { count, flag, isoTime, listOf, named, object, oneOf, only, text } from '../json-schema.ts';

const entry = named(
  'AuditEntry',
  object({
    sequence: count,
    previous: text,
    hash: text,
    at: isoTime,
    actor: text,
    requestId: text,
    act: text,
    target: text,
    outcome: oneOf('begun', 'done', 'failed'),
    details: text,
  }),
);

export const auditPage = named('AuditPage', object({ object: only('list'), data: listOf(entry), has_more: flag }));

/** Whether an entry of the log was changed or is missing. */
export const auditVerdict = named(
  'AuditVerification',
  object({
    object: only('audit.verification'),
    valid: flag,
    entries: count,
    head: object({ sequence: count, hash: text }),
    problems: listOf(object({ sequence: count, problem: oneOf('changed', 'missing') })),
  }),
);
