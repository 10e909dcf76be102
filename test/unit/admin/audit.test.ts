import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AuditEntry, type AuditFacts, firstPrevious, tieEntry } from '../../../shared/admin/audit/audit-entry.ts';
import { AuditLog } from '../../../shared/admin/audit/audit-log.ts';
import { audited } from '../../../shared/admin/audit/audited.ts';
import { verifyChain } from '../../../shared/admin/audit/verify-chain.ts';
import { InvalidRequestError } from '../../../shared/chat/errors/request-errors.ts';
import { Background } from '../../../shared/http/background.ts';
import { createLogger } from '../../../shared/logging/logger.ts';
import type { Attributes } from '../../../shared/store/attributes.ts';
import type { Condition } from '../../../shared/store/expressions.ts';
import { auditHeadKey, auditKey, type ItemKey } from '../../../shared/store/keys.ts';
import { StoreUnavailableError } from '../../../shared/store/store-errors.ts';
import { type DynaliteServer, startDynalite } from '../../support/dynalite-table.ts';
import { MemoryTable } from '../../support/memory-table.ts';

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
  const problems = async () => (await verifyChain(log)).problems;
  return { table, log, problems };
}

const textFields = ['at', 'actor', 'requestId', 'act', 'target', 'details', 'previous', 'hash'] as const;

describe('the audit log', () => {
  it('ties each entry to the one before, also when many write at once over several instances', async () => {
    const test = await server.newTable();
    const logs = [new AuditLog(test.table), new AuditLog(server.open(test.name).table)];
    await Promise.all(Array.from({ length: 16 }, (_, number) => logs[number % 2]?.append(facts(number))));
    const [log] = logs;
    const entries = log === undefined ? [] : await Array.fromAsync(log.entries());
    expect(entries.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
    expect(new Set(entries.map(({ target }) => target)).size).toBe(16);
    expect(await verifyChain(new AuditLog(test.table))).toMatchObject({ entries: 16, problems: [] });
  });

  it('is written once when the answer to a write was lost and it is sent again', async () => {
    const table = new ForgetfulTable();
    const log = new AuditLog(table);
    for (const number of [1, 2, 3]) expect(await log.append(facts(number))).toMatchObject({ sequence: number });
    expect(await log.head()).toMatchObject({ sequence: 3 });
    expect(table.peek(auditKey(4))).toBeUndefined();
  });

  it('gives pages, the newest first, and is checked in parts however long it is', async () => {
    const { table } = await server.newTable();
    const log = new AuditLog(table);
    const length = 1203;
    const entries: AuditEntry[] = [];
    for (let number = 1; number <= length; number += 1) {
      entries.push(tieEntry(facts(number), number, entries.at(-1)?.hash ?? firstPrevious));
    }
    await Promise.all(entries.map((entry) => table.put(auditKey(entry.sequence), { ...entry })));
    await table.put(auditHeadKey, { sequence: length, hash: entries.at(-1)?.hash ?? '' });
    expect(await verifyChain(log)).toMatchObject({ entries: length, problems: [], head: { sequence: length } });
    const sequences = async (...page: Parameters<AuditLog['newest']>) =>
      (await log.newest(...page)).map(({ sequence }) => sequence);
    expect(await sequences(3)).toEqual([1203, 1202, 1201]);
    expect(await sequences(2, 1202)).toEqual([1201, 1200]);
    expect(await sequences(5, 3)).toEqual([2, 1]);
    await table.delete(auditKey(700));
    expect((await verifyChain(log)).problems).toEqual([{ sequence: 700, problem: 'missing' }]);
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
      const entry = (await Array.fromAsync(log.entries()))[sequence - 1];
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
    const second: AuditEntry | undefined = (await Array.fromAsync(log.entries()))[1];
    await table.put(auditHeadKey, { sequence: 2, hash: second?.hash ?? '' });
    expect(await problems()).toEqual([{ sequence: 3, problem: 'changed' }]);
  });
});

describe('an act', () => {
  const warnings: string[] = [];
  const background = new Background(createLogger('warn', (line) => warnings.push(line)));
  const call = { caller: { id: 'key-1', role: 'admin' }, requestId: 'request', background } as const;

  it('stands between two entries', async () => {
    const { log } = await filledLog(0);
    const perform = async () => ({ result: 7, target: 'account-1', details: 'added' });
    expect(await audited(log, call, { act: 'account.add' }, perform)).toBe(7);
    expect(await Array.fromAsync(log.entries())).toMatchObject([
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
    const [, last] = await Array.fromAsync(log.entries());
    expect(last).toMatchObject({ outcome: 'failed', target: 't', details: 'invalid_request' });
  });

  it('does not begin when it can’t be written down', async () => {
    const table = new ForgetfulTable();
    table.isAway = true;
    let performed = false;
    const acting = audited(new AuditLog(table), call, { act: 'account.add' }, async () => {
      performed = true;
      return { result: 1 };
    });
    await expect(acting).rejects.toThrow(StoreUnavailableError);
    expect(performed).toBe(false);
  });

  it.each([
    ['done', async () => ({ result: 'what came of it' })],
    ['failed', () => Promise.reject(new InvalidRequestError('what was wrong'))],
  ] as const)('that is %s is told as it went when its end can’t be written down, and the log warns', async (_, act) => {
    const table = new ForgetfulTable();
    const log = new AuditLog(table);
    const acting = audited(log, call, { act: 'account.add' }, () => {
      table.isAway = true;
      return act();
    });
    const outcome = await acting.catch((error: unknown) => (error instanceof Error ? error.message : error));
    expect(outcome).toMatch(/^what (came of it|was wrong)$/);
    await background.settled();
    expect(warnings.at(-1)).toContain('write audit entry');
    expect(table.peek(auditKey(1))).toMatchObject({ outcome: 'begun' });
    expect(table.peek(auditKey(2))).toBeUndefined();
  });
});

/** A table that loses the answer to each new item, so that the SDK's second try is refused; and that may be away. */
class ForgetfulTable extends MemoryTable {
  isAway = false;

  override async get(key: ItemKey): Promise<Attributes | undefined> {
    if (this.isAway) throw new StoreUnavailableError('away');
    return super.get(key);
  }

  override async put(key: ItemKey, attributes: Attributes, condition: Condition = {}): Promise<boolean> {
    await super.put(key, attributes, condition);
    return super.put(key, attributes, condition);
  }
}
