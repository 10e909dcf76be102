import type { EndpointOptions } from '../http/endpoint.ts';
import type { Logger } from '../logging/logger.ts';
import { Calendar } from '../metering/calendar.ts';
import { meterRoute } from '../metering/meter-route.ts';
import { Metering } from '../metering/metering.ts';
import type { Settings } from '../read-settings.ts';
import type { Table } from '../store/table.ts';

/** Milliseconds after its limit for which a video may still be on its way: in the queue, and to its copy. */
const videoMargin = 70 * 60_000;

/** What writes down and charges what requests use. */
export function openMetering({
  table,
  settings,
  logger,
}: {
  readonly table: Table;
  readonly settings: Settings;
  readonly logger: Logger;
}): Metering {
  const calendar = new Calendar(settings.text('TIME_ZONE'));
  const longestJob = settings.integer('VIDEO_LIMIT_MINUTES') * 60_000 + videoMargin;
  return new Metering({ table, calendar, logger, longestJob });
}

/** @returns counts the requests of those routes that use something up. */
export function createMeterRoute(metering: Metering): EndpointOptions['meterRoute'] {
  return ({ path, dialect, metered: kind }, handle) =>
    kind === undefined ? handle : meterRoute(metering, { path, dialect, kind }, handle);
}
