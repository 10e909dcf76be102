import { setTimeout as delay } from 'node:timers/promises';
import type { AdminAnswer, AdminClient } from '../command/admin-client.ts';
import { CommandError, exitCodes } from '../command/command-error.ts';
import { isRecord } from '../is-record.ts';
import { readEvents, type ServerEvent } from './event-stream.ts';

/** Milliseconds between two attempts to come back. */
const pause = 1000;
/** A gateway that is being started again takes some seconds. */
const mostAttempts = 60;

/**
 * Prints an import as it goes, and comes back when the connection or the gateway is lost: nothing is told twice.
 *
 * @returns the exit code.
 * @throws CommandError when the gateway stays away, or does not know the import.
 */
export async function followImport(client: AdminClient, id: string, print: (line: string) => void): Promise<number> {
  let lastEventId = '';
  let attempts = 0;
  for (;;) {
    try {
      const headers = lastEventId === '' ? {} : { 'last-event-id': lastEventId };
      const response = await client.open('GET', `/admin/imports/${encodeURIComponent(id)}/events`, { headers });
      for await (const event of readEvents(response)) {
        lastEventId = event.id;
        attempts = 0;
        const exitCode = show(event, print);
        if (exitCode !== undefined) return exitCode;
      }
    } catch (error) {
      // A refusal stays one; everything else is a connection that was lost.
      if (error instanceof CommandError && error.exitCode === exitCodes.refused && attempts === 0) throw error;
      attempts += 1;
      if (attempts > mostAttempts) throw error;
    }
    await delay(pause);
  }
}

/** @returns the exit code when this event is the last. */
function show({ event, data }: ServerEvent, print: (line: string) => void): number | undefined {
  const parsed: unknown = JSON.parse(data);
  const facts: AdminAnswer = isRecord(parsed) ? parsed : {};
  if (event === 'item') {
    const reason = typeof facts.reason === 'string' ? `: ${facts.reason}` : '';
    print(`${String(Number(facts.item) + 1).padStart(4)}  ${String(facts.name)}  ${String(facts.state)}${reason}`);
  } else if (event === 'progress') {
    print(`      ${counts(facts)}`);
  } else if (event === 'end') {
    print(`Import ${String(facts.state)}: ${counts(facts)}`);
    return facts.state === 'done' && facts.failed === 0 ? exitCodes.done : exitCodes.partly;
  }
  return undefined;
}

function counts({ total, imported, failed, waiting }: AdminAnswer): string {
  return `${String(imported)} of ${String(total)} imported, ${String(failed)} failed, ${String(waiting)} waiting`;
}
