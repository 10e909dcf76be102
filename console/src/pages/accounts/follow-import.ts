import type { ApiClient } from '../../api/api-client.ts';

/** Counts of a bulk import. */
export interface ImportProgress {
  readonly id: string;
  readonly state: 'running' | 'done' | 'stalled';
  readonly total: number;
  readonly imported: number;
  readonly failed: number;
}

/** What became of one account of it. */
export interface ImportItem {
  readonly item: number;
  /** Masked. */
  readonly name: string;
  readonly state: 'added' | 'changed' | 'unchanged' | 'failed';
  readonly reason: string | null;
}

/** Something that has happened since. */
export interface ImportNews {
  readonly progress?: ImportProgress;
  readonly item?: ImportItem;
}

/** Streams of an import end before it does; after so many of them somebody should look what is wrong. */
const mostStreams = 20;

/**
 * Tells an import as it goes, to its end. A stream that ends early is taken up where it was.
 *
 * @throws GatewayError, and an AbortError when `signal` says so.
 */
export async function followImport(
  api: Pick<ApiClient, 'events'>,
  id: string,
  signal: AbortSignal,
  tell: (news: ImportNews) => void,
): Promise<void> {
  let last: string | undefined;
  for (let stream = 0; stream < mostStreams; stream += 1) {
    const headers: Record<string, string> = last === undefined ? {} : { 'last-event-id': last };
    for await (const { event, data, id: eventId } of api.events(`/admin/imports/${id}/events`, { signal, headers })) {
      last = eventId ?? last;
      if (event === 'item') tell({ item: JSON.parse(data) });
      if (event === 'progress' || event === 'end') tell({ progress: JSON.parse(data) });
      if (event === 'end') return;
    }
  }
}
