import { setTimeout as delay } from 'node:timers/promises';
import { toGatewayError } from '../../chat/errors/internal-error.ts';
import { describeImport, describeItem, type ImportSnapshot, stateOf } from './import-snapshot.ts';
import { ReportedItems } from './reported-items.ts';

export interface FollowOptions {
  readonly first: ImportSnapshot;
  readonly read: () => Promise<ImportSnapshot | undefined>;
  /** Of the last event that the follower has seen. */
  readonly lastEventId: string | undefined;
  /** Ends the stream without its last event, so that the follower comes back. */
  readonly signal: AbortSignal;
  readonly onEnd: () => void;
  /** Milliseconds between two looks. */
  readonly interval?: number;
}

/** The events of an import, and the one that keeps a silent stream alive. */
export interface Following {
  readonly pieces: AsyncIterable<string>;
  readonly idle: () => string;
}

/**
 * Tells an import as it goes: `item` for each account that is finished, `progress` with the counts after some of them,
 * and `end` when it is over. `error` means that the follower should come back later.
 */
export function followImport(options: FollowOptions): Following {
  const { first, lastEventId } = options;
  const reported = new ReportedItems(first.total, lastEventId);
  const latest = { snapshot: first };
  return {
    pieces: pieces(options, reported, latest),
    idle: () => event('progress', describeImport(latest.snapshot, Date.now()), reported.id),
  };
}

async function* pieces(
  { read, signal, onEnd, interval = 1000 }: FollowOptions,
  reported: ReportedItems,
  latest: { snapshot: ImportSnapshot },
): AsyncGenerator<string, void, undefined> {
  try {
    for (;;) {
      const { snapshot } = latest;
      const news = newItems(snapshot, reported);
      if (news !== '') yield news + event('progress', describeImport(snapshot, Date.now()), reported.id);
      if (stateOf(snapshot, Date.now()) !== 'running') {
        yield event('end', describeImport(snapshot, Date.now()), reported.id);
        return;
      }
      await delay(interval, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      latest.snapshot = (await read()) ?? snapshot;
    }
  } catch (error) {
    const { code, message } = toGatewayError(error);
    yield event('error', { error: { code, message } }, reported.id);
  } finally {
    onEnd();
  }
}

function newItems({ items }: ImportSnapshot, reported: ReportedItems): string {
  let text = '';
  for (const item of items) {
    if (item.state === 'waiting' || reported.has(item.item)) continue;
    reported.add(item.item);
    text += event('item', describeItem(item), reported.id);
  }
  return text;
}

function event(name: string, data: object, id: string): string {
  return `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
