import { toGatewayError } from '../../chat/errors/internal-error.ts';
import type { Call } from '../../http/invocation.ts';
import type { AuditFacts } from './audit-entry.ts';
import type { AuditLog } from './audit-log.ts';

/** What an act is called, and what it is done to. */
export interface Act {
  readonly act: string;
  /** Empty when it is not known before. */
  readonly target?: string;
  /** Holds no secret. */
  readonly details?: string;
}

/** What came of an act. */
export interface ActResult<Result> {
  readonly result: Result;
  /** When it was not known before. */
  readonly target?: string;
  readonly details?: string;
}

/**
 * Does an owner's act between two entries of the audit log. Without the first entry it does not begin.
 *
 * @throws whatever the act throws; StoreUnavailableError when it could not begin.
 */
export async function audited<Result>(
  log: AuditLog,
  { caller, requestId, background }: Pick<Call, 'caller' | 'requestId' | 'background'>,
  { act, target = '', details = '' }: Act,
  perform: () => Promise<ActResult<Result>>,
): Promise<Result> {
  const facts = { actor: caller.id, requestId, act, target, details };
  const now = () => new Date().toISOString();
  await log.append({ ...facts, at: now(), outcome: 'begun' });
  // What has happened is told as it is, even when it can't be written down: then the log has the beginning alone.
  const append = async (end: Pick<AuditFacts, 'outcome'> & Partial<AuditFacts>) => {
    const written = log.append({ ...facts, at: now(), ...end });
    background.add('write audit entry', written);
    await written.catch(() => undefined);
  };
  const done = await perform().catch(async (error: unknown) => {
    await append({ outcome: 'failed', details: toGatewayError(error).code });
    throw error;
  });
  await append({ outcome: 'done', target: done.target ?? target, details: done.details ?? details });
  return done.result;
}
