import { alertChallenges } from '../alerts/alert-challenges.ts';
import { createNotifyOwner } from '../alerts/notify-owner.ts';
import type { Environment } from '../read-settings.ts';
import type { Access } from './open-access.ts';

/** @returns looks for accounts that wait for their owner, tells about new ones, and resolves with their number. */
export function openAlerts({ table, logger }: Access, environment: Environment): () => Promise<number> {
  const notifyOwner = createNotifyOwner(environment, logger);
  return () => alertChallenges({ table, notifyOwner, now: Date.now });
}
