import { KeyRing } from '../keys/key-ring.ts';
import { createLogger, type Logger } from '../logging/logger.ts';
import type { Metering } from '../metering/metering.ts';
import { type Environment, Settings } from '../read-settings.ts';
import { openTable, type Table } from '../store/table.ts';
import { openMetering } from './open-metering.ts';

/** What every function opens when its execution environment starts: nothing here does any input or output yet. */
export interface Access {
  /** What the function was started with. */
  readonly environment: Environment;
  readonly settings: Settings;
  readonly logger: Logger;
  readonly table: Table;
  readonly keys: KeyRing;
  readonly metering: Metering;
}

/** What stays open when settings change. */
export type Lasting = Pick<Access, 'table' | 'keys'>;

/** @throws InvalidSettingsError, ConfigurationError: the function can't start. */
export function openAccess(environment: Environment, { table, keys }: Lasting = openLasting(environment)): Access {
  const settings = new Settings(environment);
  const logger = createLogger(settings.text('LOG_LEVEL'));
  const metering = openMetering({ table, settings, logger });
  return { environment, settings, logger, table, keys, metering };
}

function openLasting(environment: Environment): Lasting {
  const table = openTable(environment);
  return { table, keys: new KeyRing(table) };
}
