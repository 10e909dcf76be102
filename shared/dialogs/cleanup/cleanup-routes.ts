import * as z from 'zod/mini';
import { UnsupportedParameterError } from '../../chat/errors/request-errors.ts';
import type { ChatLists } from '../../chats/chat-lists.ts';
import { readBody } from '../../dialects/read-body.ts';
import type { RouteHandler, RouteKey } from '../../http/endpoint.ts';
import { jsonResponse } from '../../http/http-response.ts';
import type { Caller } from '../../http/invocation.ts';
import { CleanupNotFoundError } from '../dialog-errors.ts';
import { beginCleanup, type CleanupStart } from './begin-cleanup.ts';
import { type Chosen, type CleanupFilters, chooseChats, filterNames, hasFilter } from './cleanup-filters.ts';
import { describeCleanup, describeCleanupItem } from './cleanup-snapshot.ts';

const limit = z.nullish(z.int().check(z.gte(0)));
/** `POST /api/chats/cleanup`. */
export const cleanupBody = z.object({
  olderThan: limit,
  userMessageCountLessThan: limit,
  messageCountLessThan: limit,
  maxChats: limit,
  dryRun: z.nullish(z.boolean()),
});

/** What a body without filters reports on; it deletes nothing. */
export const exampleFilters: CleanupFilters = {
  olderThan: 7 * 24 * 3600 * 1000,
  userMessageCountLessThan: 3,
  messageCountLessThan: 5,
  maxChats: 50,
};

/** Chats that a report names. */
const mostNamed = 100;

export interface CleanupRoutesOptions extends CleanupStart {
  readonly lists: ChatLists;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/**
 * `POST /api/chats/cleanup` deletes the chats that `GET /api/chats` lists and any given filter chooses; without filters,
 * or with `dryRun`, it only reports. `GET /api/chats/cleanup/{id}` tells how far a run is.
 */
export function createCleanupRoutes(options: CleanupRoutesOptions): Readonly<Record<RouteKey, RouteHandler>> {
  const { lists, rows, now = Date.now } = options;
  return {
    'POST /api/chats/cleanup': async ({ caller, body, note }) => {
      const { dryRun, ...given } = readBody(cleanupBody, body ?? {});
      const filters = Object.fromEntries(
        filterNames.flatMap((name) => (typeof given[name] === 'number' ? [[name, given[name]]] : [])),
      );
      const chats = await lists.all(await lists.ownersFor(caller));
      if (dryRun === true || !hasFilter(filters)) {
        const reported = hasFilter(filters) ? filters : exampleFilters;
        return jsonResponse(report(chats.length, chooseChats(chats, reported, now()), reported));
      }
      refuseBroughtTokens(caller);
      const chosen = chooseChats(chats, filters, now());
      const id = await beginCleanup(options, caller.id, chosen);
      note({ cleanup: id, chosen: chosen.length });
      const snapshot = await rows.read(id);
      if (snapshot === undefined) throw new CleanupNotFoundError();
      return jsonResponse(describeCleanup(snapshot, now()), 202, { location: `/api/chats/cleanup/${id}` });
    },
    'GET /api/chats/cleanup/{id}': async ({ caller, parameters: { id = '' } }) => {
      const snapshot = await rows.read(id);
      const isVisible = caller.role === 'admin' || snapshot?.callerId === caller.id;
      if (snapshot === undefined || !isVisible) throw new CleanupNotFoundError();
      return jsonResponse({ ...describeCleanup(snapshot, now()), chats: snapshot.items.map(describeCleanupItem) });
    },
  };
}

function report(total: number, chosen: readonly Chosen[], filters: CleanupFilters): object {
  const byFilter = filterNames.flatMap((name) =>
    filters[name] === undefined ? [] : [[name, chosen.filter(({ because }) => because.includes(name)).length]],
  );
  return {
    dryRun: true,
    filters,
    total,
    wouldDelete: chosen.length,
    byFilter: Object.fromEntries(byFilter),
    chats: chosen.slice(0, mostNamed).map(({ chat: { chatId, title }, because }) => ({
      chatId,
      title: title ?? null,
      because,
    })),
  };
}

/** A run goes on after its request, and the tokens may not. */
function refuseBroughtTokens({ tokens }: Caller): void {
  if (tokens === undefined) return;
  throw new UnsupportedParameterError(
    'A clean-up needs a gateway key: tokens in a request serve that request only. Delete chats one by one.',
  );
}
