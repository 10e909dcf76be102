import type { GatewayRequest } from './request.ts';

/** What is shown of the log: its newest part, without gaps. */
export interface Feed {
  readonly rows: readonly GatewayRequest[];
  /** Where it goes on. */
  readonly lastId: string | undefined;
  readonly hasMore: boolean;
}

/**
 * Puts the newest page in front of what was shown before. When there are so many new requests that some between them
 * and the older ones are missing, the older ones go: they are a click away.
 */
export function mergeNewest(page: Feed, known: Feed | undefined): Feed {
  const last = page.rows.at(-1);
  const place = last === undefined ? -1 : (known?.rows.findIndex(({ id }) => id === last.id) ?? -1);
  if (known === undefined || place < 0) return page;
  const rest = known.rows.slice(place + 1);
  return rest.length === 0 ? page : { ...known, rows: [...page.rows, ...rest] };
}

/** Puts an older page behind what is shown. */
export function appendOlder(known: Feed, page: Feed): Feed {
  const ids = new Set(known.rows.map(({ id }) => id));
  return { ...page, rows: [...known.rows, ...page.rows.filter(({ id }) => !ids.has(id))] };
}
