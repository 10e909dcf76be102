import type { RouteHandler, RouteKey } from '../http/endpoint.ts';
import { listStoredKeys } from '../keys/stored-keys.ts';
import { Calendar } from '../metering/calendar.ts';
import { ObjectLinks } from '../objects/object-links.ts';
import { ObjectReader } from '../objects/object-reader.ts';
import type { Environment } from '../read-settings.ts';
import { createReadRecording } from '../usage/read-recording.ts';
import { RequestLog } from '../usage/request-log.ts';
import { createRequestRoutes } from '../usage/request-routes.ts';
import { type RollUpReport, rollUpUsage } from '../usage/roll-up.ts';
import { UsageHistory } from '../usage/usage-history.ts';
import { createUsageRoutes } from '../usage/usage-routes.ts';
import type { Access } from './open-access.ts';

export type { RollUpReport } from '../usage/roll-up.ts';

/** The handlers of every path about what was used. */
export function openUsage(
  { table, settings }: Access,
  environment: Environment,
): Readonly<Record<RouteKey, RouteHandler>> {
  const timeZone = settings.text('TIME_ZONE');
  const place = { table, calendar: new Calendar(timeZone) };
  const listKeys = () => listStoredKeys(table, false);
  const readContent = createReadRecording(new ObjectReader(new ObjectLinks(environment)));
  return {
    ...createUsageRoutes({ history: new UsageHistory(place), timeZone, listKeys }),
    ...createRequestRoutes({ log: new RequestLog(place), listKeys, readContent }),
  };
}

/** @returns sums up the days that are over. */
export function openRollUp({ table, settings }: Access): () => Promise<RollUpReport> {
  const calendar = new Calendar(settings.text('TIME_ZONE'));
  return () => rollUpUsage({ table, calendar });
}
