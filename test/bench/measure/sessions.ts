import { join } from 'node:path';
import { type Simulator, startSimulator } from '../../../local/simulator/simulator.ts';
import { type Gateway, startGateway } from '../contenders/gateway.ts';
import { runSession } from '../sessions/run-session.ts';
import { type SessionDialect, sessionDialects } from '../sessions/session-dialects.ts';
import { readProcessUsage } from './process-usage.ts';

/** The turns whose first piece is timed. */
export const timedTurns = [1, 10, 25, 50] as const;
const turns = 50;
const accounts = 4;
const password = 'benchmark';

/** What a session of 50 turns has cost through one dialect. */
export interface SessionFigures {
  readonly dialect: string;
  readonly mode: string;
  readonly sentBytes: number;
  /** Of the gateway. */
  readonly cpuMilliseconds: number;
  /** To the first piece of the answer, by `timedTurns`. */
  readonly firstPieces: readonly number[];
}

/** Plays the same session through each dialect, with its upstream chat continued, and with all of it sent again each time. */
export async function measureSessions(stateFolder: string): Promise<readonly SessionFigures[]> {
  const figures: SessionFigures[] = [];
  for (const mode of ['auto', 'always-new']) {
    const simulator = await startSimulator();
    const emails = Array.from({ length: accounts }, (_, number) => `session-${number}@example.com`);
    for (const email of emails) simulator.control.accounts.add({ email, password });
    const gateway = await startGateway({
      upstreamUrl: simulator.url,
      stateFolder: join(stateFolder, `sessions-${mode}`),
      settings: {
        CONVERSATIONS: mode,
        QWEN_TOKENS: '',
        ACCOUNTS: emails.map((email) => `${email}:${password}`).join(','),
      },
    });
    try {
      for (const dialect of sessionDialects) figures.push(await measure(simulator, gateway, dialect, mode));
    } finally {
      await gateway.close();
      await simulator.close();
    }
  }
  return figures;
}

async function measure(
  simulator: Simulator,
  gateway: Gateway,
  dialect: SessionDialect,
  mode: string,
): Promise<SessionFigures> {
  // Until everything is compiled and signed in, the first session costs more than others.
  await runSession(simulator, gateway, dialect, 5);
  const before = readProcessUsage(gateway.pid).cpuMicroseconds;
  const { sentBytes, firstPieces } = await runSession(simulator, gateway, dialect, turns);
  const cpuMilliseconds = (readProcessUsage(gateway.pid).cpuMicroseconds - before) / 1000;
  return {
    dialect: dialect.name,
    mode,
    sentBytes,
    cpuMilliseconds,
    firstPieces: timedTurns.map((turn) => firstPieces[turn - 1] ?? Number.NaN),
  };
}
