import type { AccountInput } from '../../accounts/add-account.ts';
import { UpstreamError } from '../../chat/errors/upstream-error.ts';
import type { Logger } from '../../logging/logger.ts';
import type { ImportRows } from './import-rows.ts';
import type { ItemResult } from './import-snapshot.ts';

/** What the state machine calls the worker with. */
export type ImportTask =
  | { readonly act: 'import' | 'give-up'; readonly importId: string; readonly item: number }
  | { readonly act: 'finish'; readonly importId: string };

export interface ImportWorkerOptions {
  readonly rows: ImportRows;
  /** Signs in where that is possible, and stores the account. Doing it again changes nothing. @throws GatewayError */
  readonly addAccount: (
    entry: AccountInput,
  ) => Promise<{ readonly id: string; readonly outcome: 'added' | 'changed' | 'unchanged' }>;
  readonly logger: Logger;
}

const gaveUp = 'the site could not be asked about this account; import it again later';

/** Does one step of a bulk import. Every step may be done twice. Throws what another try can help against. */
export function createImportWorker({
  rows,
  addAccount,
  logger,
}: ImportWorkerOptions): (task: ImportTask) => Promise<void> {
  const importItem = async (importId: string, item: number): Promise<void> => {
    const entry = await rows.openItem(importId, item);
    if (entry === undefined) return;
    await rows.finishItem(importId, item, await tryToAdd(entry, addAccount));
  };
  return async (task) => {
    const { act, importId } = task;
    switch (act) {
      case 'import':
        return importItem(importId, task.item);
      case 'give-up':
        return rows.finishItem(importId, task.item, { state: 'failed', reason: gaveUp });
      case 'finish': {
        const givenUp = await rows.finish(importId, gaveUp);
        logger.info('import finished', { importId, givenUp });
      }
    }
  };
}

async function tryToAdd(entry: AccountInput, addAccount: ImportWorkerOptions['addAccount']): Promise<ItemResult> {
  try {
    const { id, outcome } = await addAccount(entry);
    return { state: outcome, accountId: id };
  } catch (error) {
    const reason = error instanceof UpstreamError ? finalReason(error) : undefined;
    if (reason === undefined) throw error;
    return { state: 'failed', reason };
  }
}

/** What no other try can change; `undefined` for the rest. */
function finalReason({ fault }: UpstreamError): string | undefined {
  switch (fault) {
    case 'auth':
      return 'the site did not accept the token; paste a fresh one';
    case 'account':
      return 'the site does not let this account in; check e-mail address and password';
    case 'challenge':
      return 'the site asks for a verification; sign in with a browser and import the token';
    default:
      return undefined;
  }
}

/** @returns `undefined` when the event is no task. */
export function readImportTask(event: unknown): ImportTask | undefined {
  if (typeof event !== 'object' || event === null || !('act' in event) || !('importId' in event)) return undefined;
  const { act, importId } = event;
  if (typeof importId !== 'string') return undefined;
  if (act === 'finish') return { act, importId };
  const item = 'item' in event ? event.item : undefined;
  return (act === 'import' || act === 'give-up') && typeof item === 'number' ? { act, importId, item } : undefined;
}
