import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AuditEntry, type AuditFacts, tieEntry } from '../../../shared/admin/audit/audit-entry.ts';
import { AuditLog } from '../../../shared/admin/audit/audit-log.ts';
import { audited } from '../../../shared/admin/audit/audited.ts';
import { verifyChain } from '../../../shared/admin/audit/verify-chain.ts';
import { InvalidRequestError } from '../../../shared/chat/errors/request-errors.ts';
import { auditHeadKey, auditKey } from '../../../shared/store/keys.ts';
import { type DynaliteServer, startDynalite } from '../../support/dynalite-table.ts';

let server: DynaliteServer;
beforeAll(async () => {
  server = await startDynalite();
});
afterAll(() => server.close());

const facts = (number: number): AuditFacts => ({
  at: new Date(1_790_000_000_000 + number).toISOString(),
  actor: 'key-1',
  requestId: `request-${number}`,
  act: 'account.add',
  target: `account-${number}`,
  outcome: 'done',
  details: '',
});

/** A log of so many entries, and how to look at it. */
async function filledLog(count: number) {
  const { table } = await server.newTable();
  const log = new AuditLog(table);
  for (let number = 0; number < count; number += 1) await log.append(facts(number));
  const problems = async () => verifyChain(await log.entries(), await log.head());
  return { table, log, problems };
}

const textFields = ['at', 'actor', 'requestId', 'act', 'target', 'details', 'previous', 'hash'] as const;

describe('the audit log', () => {
  it('ties each entry to the one before, also when many write at once over several instances', async () => {
    const test = await server.newTable();
    const logs = [new AuditLog(test.table), new AuditLog(server.open(test.name).table)];
    await Promise.all(Array.from({ length: 16 }, (_, number) => logs[number % 2]?.append(facts(number))));
    const [log] = logs;
    const entries = (await log?.entries()) ?? [];
    expect(entries.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
    expect(new Set(entries.map(({ target }) => target)).size).toBe(16);
    expect(verifyChain(entries, (await log?.head()) ?? { sequence: 0, hash: '' })).toEqual([]);
  });

  it('goes on after a writer that died before it moved the head', async () => {
    const { table, log, problems } = await filledLog(2);
    const { sequence, hash } = await log.head();
    const orphan = tieEntry(facts(9), sequence + 1, hash);
    await table.put(auditKey(orphan.sequence), { ...orphan });
    expect(await problems()).toEqual([]);
    expect((await log.append(facts(3))).sequence).toBe(4);
    expect(await problems()).toEqual([]);
  });

  it('names the entry that somebody has changed, whichever field it was', () =>
    fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 6 }), fc.constantFrom(...textFields), async (sequence, field) => {
        const { table, problems } = await filledLog(6);
        await table.update(auditKey(sequence), { set: { [field]: 'something else' } });
        expect(await problems()).toContainEqual({ sequence, problem: 'changed' });
      }),
      { numRuns: 12 },
    ));

  it('names entries that are missing, at the end too', () =>
    fc.assert(
      fc.asyncProperty(fc.subarray([1, 2, 3, 4, 5], { minLength: 1 }), async (gone) => {
        const { table, problems } = await filledLog(5);
        for (const sequence of gone) await table.delete(auditKey(sequence));
        expect(await problems()).toEqual(gone.map((sequence) => ({ sequence, problem: 'missing' })));
      }),
      { numRuns: 12 },
    ));

  it('names an entry that was changed together with its hash, also the last one', async () => {
    const { table, log, problems } = await filledLog(4);
    const rewrite = async (sequence: number) => {
      const entry = (await log.entries())[sequence - 1];
      if (entry === undefined) throw new Error('There is no such entry');
      await table.put(auditKey(sequence), { ...tieEntry({ ...entry, target: 'other' }, sequence, entry.previous) });
    };
    await rewrite(2);
    expect(await problems()).toEqual([{ sequence: 2, problem: 'changed' }]);
    await rewrite(4);
    expect(await problems()).toEqual([
      { sequence: 2, problem: 'changed' },
      { sequence: 4, problem: 'changed' },
    ]);
  });

  it('notices a head that was turned back', async () => {
    const { table, log, problems } = await filledLog(5);
    const second: AuditEntry | undefined = (await log.entries())[1];
    await table.put(auditHeadKey, { sequence: 2, hash: second?.hash ?? '' });
    expect(await problems()).toEqual([{ sequence: 3, problem: 'changed' }]);
  });
});

describe('an act', () => {
  const call = { caller: { id: 'key-1', role: 'admin' }, requestId: 'request' } as const;

  it('stands between two entries', async () => {
    const { log } = await filledLog(0);
    const perform = async () => ({ result: 7, target: 'account-1', details: 'added' });
    expect(await audited(log, call, { act: 'account.add' }, perform)).toBe(7);
    expect(await log.entries()).toMatchObject([
      { actor: 'key-1', act: 'account.add', target: '', outcome: 'begun' },
      { act: 'account.add', target: 'account-1', outcome: 'done', details: 'added' },
    ]);
  });

  it('that fails is told by the error’s code, not by its words', async () => {
    const { log } = await filledLog(0);
    const failing = audited(log, call, { act: 'account.add', target: 't' }, async () => {
      throw new InvalidRequestError('words with a secret in them');
    });
    await expect(failing).rejects.toThrow('words');
    const [, last] = await log.entries();
    expect(last).toMatchObject({ outcome: 'failed', target: 't', details: 'invalid_request' });
  });
});
