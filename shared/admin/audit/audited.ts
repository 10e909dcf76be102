import { toGatewayError } from '../../chat/errors/internal-error.ts';
import type { Call } from '../../http/invocation.ts';
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
 * @throws whatever the act throws; StoreUnavailableError.
 */
export async function audited<Result>(
  log: AuditLog,
  { caller, requestId }: Pick<Call, 'caller' | 'requestId'>,
  { act, target = '', details = '' }: Act,
  perform: () => Promise<ActResult<Result>>,
): Promise<Result> {
  const facts = { actor: caller.id, requestId, act, target, details };
  const now = () => new Date().toISOString();
  await log.append({ ...facts, at: now(), outcome: 'begun' });
  try {
    const done = await perform();
    await log.append({
      ...facts,
      at: now(),
      outcome: 'done',
      target: done.target ?? target,
      details: done.details ?? details,
    });
    return done.result;
  } catch (error) {
    await log.append({ ...facts, at: now(), outcome: 'failed', details: toGatewayError(error).code });
    throw error;
  }
}
