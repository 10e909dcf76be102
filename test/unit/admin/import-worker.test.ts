import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ImportRows } from '../../../shared/admin/imports/import-rows.ts';
import { createImportWorker, readImportTask } from '../../../shared/admin/imports/import-worker.ts';
import { AccountUnusableError, ChallengeError } from '../../../shared/chat/errors/account-faults.ts';
import { UpstreamUnreachableError } from '../../../shared/chat/errors/answer-faults.ts';
import { createLogger } from '../../../shared/logging/logger.ts';
import { SecretBox } from '../../../shared/secrets/secret-box.ts';
import { importItemKey } from '../../../shared/store/keys.ts';
import { type DynaliteServer, startDynalite } from '../../support/dynalite-table.ts';

let server: DynaliteServer;
beforeAll(async () => {
  server = await startDynalite();
});
afterAll(() => server.close());

const password = 'a very secret word';
const entries = ['good', 'bad', 'challenged', 'away'].map((name) => ({
  name,
  entry: { email: `${name}@example.com`, password },
}));

/** An import of four accounts, each with a fate of its own. */
async function openImport() {
  const { table } = await server.newTable();
  const box = new SecretBox(async () => Buffer.alloc(32, 1));
  const rows = new ImportRows(table, box);
  const added: string[] = [];
  const work = createImportWorker({
    rows,
    logger: createLogger('error'),
    addAccount: async ({ email = '' }) => {
      if (email.startsWith('bad')) throw new AccountUnusableError(`no, ${password}`);
      if (email.startsWith('challenged')) throw new ChallengeError('show yourself');
      if (email.startsWith('away')) throw new UpstreamUnreachableError('nobody there');
      added.push(email);
      return { id: `account-${email}`, outcome: 'added' };
    },
  });
  await rows.create('i', entries);
  const step = (act: 'import' | 'give-up', item: number) => work({ act, importId: 'i', item });
  return { table, rows, work, step, added };
}

describe('one step of an import', () => {
  it('adds the account, purges its secret, and does nothing the second time', async () => {
    const { table, rows, step, added } = await openImport();
    const before = await table.get(importItemKey('i', 0), { consistent: true });
    expect(before?.secret).toEqual(expect.any(String));
    expect(JSON.stringify(before)).not.toContain(password);
    await step('import', 0);
    await step('import', 0);
    await step('give-up', 0);
    expect(added).toEqual(['good@example.com']);
    expect((await rows.read('i'))?.items[0]).toMatchObject({ state: 'added', accountId: 'account-good@example.com' });
    expect(await table.get(importItemKey('i', 0), { consistent: true })).not.toHaveProperty('secret');
  });

  it('fails at once where no other try can help, in words without secrets', async () => {
    const { rows, step } = await openImport();
    await step('import', 1);
    await step('import', 2);
    const { items = [] } = (await rows.read('i')) ?? {};
    expect(items[1]).toMatchObject({ state: 'failed', reason: expect.stringContaining('password') });
    expect(items[2]).toMatchObject({ state: 'failed', reason: expect.stringContaining('verification') });
    expect(JSON.stringify(items)).not.toContain(password);
  });

  it('throws where another try can help, and the account waits for it', async () => {
    const { rows, step } = await openImport();
    await expect(step('import', 3)).rejects.toThrow('nobody there');
    expect((await rows.read('i'))?.items[3]?.state).toBe('waiting');
    await step('give-up', 3);
    expect((await rows.read('i'))?.items[3]).toMatchObject({ state: 'failed' });
  });

  it('closes what is left open when the import is finished', async () => {
    const { table, rows, work, step } = await openImport();
    await step('import', 0);
    await work({ act: 'finish', importId: 'i' });
    const snapshot = await rows.read('i');
    expect(snapshot?.finishedAt).toEqual(expect.any(Number));
    expect(snapshot?.items.map(({ state }) => state)).toEqual(['added', 'failed', 'failed', 'failed']);
    for (const item of [0, 1, 2, 3]) {
      expect(await table.get(importItemKey('i', item), { consistent: true })).not.toHaveProperty('secret');
    }
    const { finishedAt } = snapshot ?? {};
    await work({ act: 'finish', importId: 'i' });
    expect((await rows.read('i'))?.finishedAt).toBe(finishedAt);
  });
});

describe('an import’s rows', () => {
  it('can’t be read in each other’s place', async () => {
    const { table, rows } = await openImport();
    const first = await table.get(importItemKey('i', 0), { consistent: true });
    await table.update(importItemKey('i', 1), { set: { secret: first?.secret } });
    await expect(rows.openItem('i', 1)).rejects.toThrow("can't be read");
  });

  it('are forgotten after seven days', async () => {
    const { table } = await openImport();
    const later = new ImportRows(
      table,
      new SecretBox(async () => Buffer.alloc(32, 1)),
      () => Date.now() + 8 * 86_400_000,
    );
    expect(await later.read('i')).toBeUndefined();
    expect(await later.read('other')).toBeUndefined();
  });
});

describe('what the state machine sends', () => {
  it.each([
    [{ act: 'import', importId: 'i', item: 3 }, true],
    [{ act: 'give-up', importId: 'i', item: 3 }, true],
    [{ act: 'finish', importId: 'i' }, true],
    [{ act: 'import', importId: 'i' }, false],
    [{ act: 'other', importId: 'i', item: 1 }, false],
    [{ act: 'import', item: 1 }, false],
    [null, false],
    ['import', false],
  ])('%j', (event, isTask) => {
    expect(readImportTask(event)).toEqual(isTask ? event : undefined);
  });
});
