import { vi } from 'vitest';
import { startSimulator } from '../../../local/simulator/simulator.ts';
import { makeToken } from '../../support/jwt.ts';
import { Arena, type Mode } from './arena.ts';
import { type Column, columns } from './columns.ts';
import { playsOnce } from './extent.ts';
import type { FaultRow } from './fault-row.ts';
import { inParallel } from './in-parallel.ts';
import { playCell } from './play-cell.ts';
import type { Results } from './results.ts';

/** After as many milliseconds an instance reads its accounts anew before it serves (docs/architecture.md, "State"). */
const longRest = 301_000;
/** Gateways with processes of their own that are open at once. */
const gatewaysAtOnce = 3;

/** How rows that share a gateway are played. */
export interface Together {
  readonly mode: Mode;
  /** Cells at once; in mode `dev` each has a process of its own. */
  readonly atOnce: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Rows that leave all accounts as they were share one gateway, and are played side by side. */
export async function playTogether(rows: readonly FaultRow[], results: Results, together: Together): Promise<void> {
  const { mode, atOnce, env = {} } = together;
  const arena = await Arena.open({ mode, accounts: atOnce * 2, env });
  const cells = columns.flatMap((column) => rows.map((row) => ({ row, column })));
  try {
    await inParallel(atOnce, cells, async ({ row, column }) => {
      results.note(row, column, await playCell(arena, row, column), 'lasting');
      if (playsOnce(mode, row, column)) results.note(row, column, await playCell(arena, row, column, 1), 'once');
    });
  } finally {
    await arena.close();
  }
}

/**
 * Rows that take away the only account, in process: between two cells the account is made anew and the clock put
 * forward, so that the functions forget what they knew of it.
 */
export async function playAloneInProcess(rows: readonly FaultRow[], results: Results): Promise<void> {
  vi.useFakeTimers({ toFake: ['Date'] });
  const arena = await Arena.open({ mode: 'start', accounts: 1 });
  const play = async (row: FaultRow, column: Column, times?: number) => {
    await arena.renewAccounts();
    vi.setSystemTime(Date.now() + longRest);
    results.note(row, column, await playCell(arena, row, column, times), times === 1 ? 'once' : 'lasting');
    arena.gateway.simulator.control.heal();
  };
  try {
    for (const row of rows) {
      for (const column of columns) {
        await play(row, column);
        if (playsOnce('start', row, column)) await play(row, column, 1);
      }
    }
  } finally {
    await arena.close();
    vi.useRealTimers();
  }
}

/**
 * The same with a process for each function. A process can't be made to forget its accounts, so each row has a gateway
 * for each form, in which every dialect's function meets its first request.
 */
export async function playAloneApart(rows: readonly FaultRow[], results: Results): Promise<void> {
  const forms = new Set(columns.map(({ form }) => form));
  const arenas = rows.flatMap((row) => [...forms].map((form) => ({ row, form })));
  await inParallel(gatewaysAtOnce, arenas, async ({ row, form }) => {
    const arena = await Arena.open({ mode: 'dev', accounts: 1 });
    try {
      for (const [index, column] of columns.filter((candidate) => candidate.form === form).entries()) {
        if (index > 0) await arena.renewAccounts();
        results.note(row, column, await playCell(arena, row, column), 'lasting');
        arena.gateway.simulator.control.heal();
      }
    } finally {
      await arena.close();
    }
  });
}

/** Nobody answers at the upstream's address. */
export async function playUnreachable(mode: Mode, row: FaultRow, address: string, results: Results): Promise<void> {
  const token = makeToken({ id: 'somebody', exp: Math.floor(Date.now() / 1000) + 86_400 });
  const env = { QWEN_CHAT_PROXY_URL: address, QWEN_TOKENS: token };
  const arena = await Arena.open({ mode, accounts: 0, env });
  try {
    for (const column of columns) results.note(row, column, await playCell(arena, row, column), 'lasting');
  } finally {
    await arena.close();
  }
}

/** An address at which something listened a moment ago. */
export async function closedAddress(): Promise<string> {
  const simulator = await startSimulator();
  await simulator.close();
  return simulator.url;
}
