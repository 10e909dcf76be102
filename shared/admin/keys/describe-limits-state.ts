import type { CallerLimits } from '../../chat/caller-limits.ts';
import type { KeyMeters } from '../../metering/key-meters.ts';

const names = { requests: 'requests', tokens: 'tokens', images: 'images', videoSeconds: 'video_seconds' } as const;

/** How far a key's limits are used up now; `null` for a key without limits. @throws StoreUnavailableError */
export async function describeLimitsState(
  meters: Pick<KeyMeters, 'look'>,
  keyId: string,
  limits: CallerLimits | undefined,
): Promise<object | null> {
  if (limits === undefined) return null;
  const { states, inFlight } = await meters.look(keyId, limits);
  return {
    in_flight: inFlight,
    data: states.map(({ window, unit, limit, taken, resetAt }) => ({
      window,
      unit: names[unit],
      limit,
      used: taken,
      left: Math.max(0, limit - taken),
      resets_at: new Date(resetAt).toISOString(),
    })),
  };
}
