import type { RouteHandler } from '../../http/endpoint.ts';
import { eventStreamResponse, jsonResponse } from '../../http/http-response.ts';
import { ImportNotFoundError } from '../admin-errors.ts';
import { followImport } from './follow-import.ts';
import type { ImportRows } from './import-rows.ts';
import { describeImport, describeItem } from './import-snapshot.ts';

/** Milliseconds of silence after which a follower is told how far the import is. */
const idleAfter = 10_000;
/** A follower is let go so long before the function would be stopped, and comes back with its last event's id. */
const leaveAhead = 20_000;

/** `GET /admin/imports/{id}`: counts, and every item. */
export function createShowImport(rows: ImportRows): RouteHandler {
  return async ({ parameters: { id = '' } }) => {
    const snapshot = await rows.read(id);
    if (snapshot === undefined) throw new ImportNotFoundError();
    return jsonResponse({ ...describeImport(snapshot, Date.now()), items: snapshot.items.map(describeItem) });
  };
}

/** `GET /admin/imports/{id}/events`: the same as it happens, by server-sent events; resumes after `last-event-id`. */
export function createFollowImport(rows: ImportRows): RouteHandler {
  return async ({ parameters: { id = '' }, headers, remainingMilliseconds }) => {
    const first = await rows.read(id);
    if (first === undefined) throw new ImportNotFoundError();
    const leave = new AbortController();
    const timer = setTimeout(() => leave.abort(), Math.max(0, remainingMilliseconds() - leaveAhead));
    leave.signal.addEventListener('abort', () => clearTimeout(timer));
    const following = followImport({
      first,
      read: () => rows.read(id),
      lastEventId: headers['last-event-id'],
      signal: leave.signal,
      onEnd: () => clearTimeout(timer),
    });
    return eventStreamResponse({ ...following, idleAfter, abandon: () => leave.abort() });
  };
}
