import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import { SettingsLog } from '../../live-settings/settings-log.ts';
import type { Environment } from '../../read-settings.ts';
import type { Table } from '../../store/table.ts';
import { checkValues } from '../settings/check-values.ts';
import { SettingsDesk } from '../settings/settings-desk.ts';
import type { SettingsStore } from './settings-store.ts';

export interface SettingsStoreOptions {
  readonly table: Table;
  /** What the functions were started with. */
  readonly environment: Environment;
  /** Lets a change count here at once. */
  readonly changed: () => Promise<void>;
}

/** The live settings of the running gateway. What an import sets is one change, which can be undone. */
export function openSettingsStore({ table, environment, changed }: SettingsStoreOptions): SettingsStore {
  const desk = new SettingsDesk({ log: new SettingsLog(table), environment, changed });
  return {
    read: async () => (await desk.read()).values,
    problemOf: (name, value) => {
      const after = { [name]: value };
      return problemIn(() =>
        checkValues({ names: [name], before: {}, after, environment: { ...environment, ...after } }),
      );
    },
    write: async (values, by) => {
      await desk.change(values, by);
    },
  };
}

function problemIn(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof InvalidRequestError) return error.message;
    throw error;
  }
}
