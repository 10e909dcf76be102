import { expect } from 'vitest';
import type { JournalEntry } from '../../../local/simulator/control/journal.ts';
import { openGateway, type TestGateway } from '../../support/gateway.ts';
import type { ClientUse, ConformanceClient, Place } from './client.ts';
import { at } from './wire/at.ts';

/** Where one client meets one case. */
export interface Bench {
  readonly gateway: TestGateway;
  readonly client: ConformanceClient;
  /** As a caller with a good key, and a model that is there. */
  readonly place: Place;
  readonly use: ClientUse;
}

/** A case: what every client is asked to do, with what its user must see. */
export interface ConformanceCase {
  readonly name: string;
  /** @returns a remark for the table, when there is something to say beside "ok". */
  run(bench: Bench): Promise<string | undefined>;
}

export const model = 'qwen3.7-plus';

export function openBench(gateway: TestGateway, client: ConformanceClient): Bench {
  const place = { url: gateway.runtime.url, key: gateway.adminKey, model };
  return { gateway, client, place, use: client.connect(place) };
}

/** Opens a gateway with an account for each function, since one that a function keeps for itself is waited for. */
export const openConformanceGateway = (mode: 'start' | 'dev'): Promise<TestGateway> =>
  openGateway({ mode, accounts: Array.from({ length: 8 }, (_, number) => `account${number}@example.com`) });

/** The completions that the upstream was asked for while something was done, oldest first. */
export async function completionsOf(
  gateway: TestGateway,
  act: () => Promise<unknown>,
): Promise<readonly JournalEntry[]> {
  const { control } = gateway.simulator;
  const before = control.requests().at(-1)?.number ?? 0;
  await act();
  return control.requests().filter(({ number, route }) => number > before && route === 'completion');
}

/** The one message of a completion, as the upstream saw it. */
export function messageOf(entry: JournalEntry | undefined): object {
  expect(at(entry?.body, 'messages')).toHaveLength(1);
  return Object(at(entry?.body, 'messages', 0));
}
