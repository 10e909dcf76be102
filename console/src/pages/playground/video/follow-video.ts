import type { ApiClient } from '../../../api/api-client.ts';
import { isOver, type Video } from './video.ts';

/** How often in a row the stream may break before it is given up. */
const mostBreaks = 5;
/** Milliseconds before it is asked for again. */
const pause = 1500;

/**
 * Tells of a video until it is over. A stream that ends before is continued where it was.
 *
 * @param wait lets milliseconds pass.
 * @throws GatewayError when it breaks again and again, or is refused.
 */
export async function followVideo(
  api: Pick<ApiClient, 'events'>,
  id: string,
  signal: AbortSignal,
  onChange: (video: Video) => void,
  { wait = sleep }: { readonly wait?: (milliseconds: number) => Promise<void> } = {},
): Promise<void> {
  let breaks = 0;
  let lastId: string | undefined;
  while (!signal.aborted) {
    try {
      const headers = lastId === undefined ? {} : { 'last-event-id': lastId };
      for await (const event of api.events(`/v1/videos/${encodeURIComponent(id)}/events`, { signal, headers })) {
        if (!event.event.startsWith('video.')) continue;
        breaks = 0;
        lastId = event.id ?? lastId;
        const video: Video = JSON.parse(event.data);
        onChange(video);
        if (isOver(video)) return;
      }
    } catch (error) {
      breaks += 1;
      if (signal.aborted) return;
      if (breaks >= mostBreaks || isRefusal(error)) throw error;
    }
    await wait(pause);
  }
}

/** What the same request would be answered with again. */
function isRefusal(error: unknown): boolean {
  const status: unknown = error instanceof Error && 'status' in error ? error.status : 0;
  return typeof status === 'number' && status >= 400 && status < 500 && status !== 429;
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
