import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { JournalEntry } from '../control/journal.ts';
import type { Exchange } from '../http/exchange.ts';
import type { SimulatorState } from '../state.ts';
import { isErrorFormName } from './error-forms.ts';
import type { FaultRule } from './fault-rule.ts';

const defaultSlownessMs = 1000;

/**
 * Lets a fault have its way before a request is answered.
 *
 * @returns whether the request is still to be answered.
 */
export async function sufferHeadFault(exchange: Exchange, rule: FaultRule, state: SimulatorState): Promise<boolean> {
  const { entry, response } = exchange;
  entry.fault = rule.fault;
  if (isErrorFormName(rule.fault)) {
    if (rule.ms !== undefined && !(await wait(exchange, rule.ms, state))) return false;
    const chatId = exchange.query.get('chat_id') ?? exchange.parameters.id;
    exchange.sendError(rule.fault, { num: rule.num, details: rule.details, chatId });
    return false;
  }
  switch (rule.fault) {
    case 'reset':
      entry.outcome = 'cut';
      exchange.request.socket.resetAndDestroy();
      return false;
    case 'hang-up':
      entry.outcome = 'cut';
      exchange.request.socket.destroy();
      return false;
    case 'slow-head':
      return wait(exchange, rule.ms ?? defaultSlownessMs, state);
    case 'stall-before-head':
      return stall(exchange, entry, rule.ms, state);
    default:
      return !response.destroyed;
  }
}

async function stall(
  exchange: Exchange,
  entry: JournalEntry,
  ms: number | undefined,
  state: SimulatorState,
): Promise<boolean> {
  entry.stalled = true;
  state.journal.changed(entry);
  const goesOn = await wait(exchange, ms, state);
  entry.stalled = false;
  return goesOn;
}

/** Waits until the time is over (never, when there is none), the stall is released, or the client is gone. */
async function wait(exchange: Exchange, ms: number | undefined, state: SimulatorState): Promise<boolean> {
  const over = new AbortController();
  const { signal } = over;
  const endings = [once(exchange.response, 'close', { signal }), once(state.releases, 'release', { signal })];
  const timer = ms === undefined ? [] : [pause(ms, undefined, { signal })];
  await Promise.race([...endings, ...timer]);
  over.abort();
  await Promise.allSettled([...endings, ...timer]);
  return !exchange.response.destroyed;
}
