import type { DialectName } from '../chat/dialect.ts';
import type { GatewayError } from '../chat/errors/gateway-error.ts';
import { errorWriters } from '../dialects/error-writers.ts';
import type { EndpointOptions } from '../http/endpoint.ts';
import { KeyRing } from '../keys/key-ring.ts';
import { createLogger, type Logger } from '../logging/logger.ts';
import { type Environment, Settings } from '../read-settings.ts';
import { openTable, type Table } from '../store/table.ts';
import { createAuthorize } from './authorize.ts';

/** What every function opens when its execution environment starts: nothing here does any input or output yet. */
export interface Access {
  /** What the function was started with. */
  readonly environment: Environment;
  readonly settings: Settings;
  readonly logger: Logger;
  readonly table: Table;
  readonly keys: KeyRing;
  readonly endpoint: EndpointOptions;
}

/** @throws InvalidSettingsError, ConfigurationError: the function can't start. */
export function openAccess(environment: Environment): Access {
  const settings = new Settings(environment);
  const logger = createLogger(settings.text('LOG_LEVEL'));
  const table = openTable(environment);
  const keys = new KeyRing(table);
  const label = settings.text('UPSTREAM_LABEL');
  return {
    environment,
    settings,
    logger,
    table,
    keys,
    endpoint: {
      logger,
      authorize: createAuthorize(keys, {
        openMode: settings.boolean('OPEN_MODE'),
        publicModels: settings.boolean('PUBLIC_MODELS'),
        passThrough: settings.boolean('PASS_THROUGH_TOKENS'),
      }),
      renderError: (dialect: DialectName, error: GatewayError, requestId: string) =>
        errorWriters[dialect](error, requestId),
      maximumBody: settings.integer('MAX_BODY_BYTES'),
      originSecret: settings.text('ORIGIN_SECRET'),
      headers: label === '' ? {} : { 'x-qwen-upstream': label },
      flush: () => keys.flush(),
    },
  };
}
