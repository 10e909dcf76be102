import { GatewayError } from '../../../shared/chat/errors/gateway-error.ts';
import type { RouteHandler } from '../../../shared/http/endpoint.ts';
import { MemoryTable } from '../../support/memory-table.ts';
import { type Plan, streaming } from './handlers.ts';
import { type Asking, Instance } from './instance.ts';
import { SimulatedClock } from './simulated-clock.ts';

export const plan: Plan = { waits: [300, 400, 1500, 700, 2500], end: 'good' };

/** A table, a time, and answers that are counted. */
export function openWorld(makes: typeof streaming = streaming, plans: readonly Plan[] = []) {
  const clock = new SimulatedClock();
  const table = new MemoryTable();
  let answers = 0;
  const handlerOf =
    (instance: Instance): RouteHandler =>
    (call) => {
      answers += 1;
      return makes(clock, answers, plans[answers - 1] ?? plan, (work) => instance.live(work))(call);
    };
  return {
    clock,
    table,
    answers: () => answers,
    instance: () => new Instance(table, clock),
    /** Asks by a function of its own. */
    ask(asking?: Asking, instance = new Instance(table, clock)) {
      return instance.ask(handlerOf(instance), asking);
    },
  };
}

export async function errorOf(work: Promise<unknown>): Promise<GatewayError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof GatewayError) return error;
  throw new Error('No error of the gateway.', { cause: error });
}
