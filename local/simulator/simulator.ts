import { once } from 'node:events';
import { createServer } from 'node:http';
import { createControl, type SimulatorControl } from './control/control.ts';
import { createListener } from './http/serve.ts';
import { SimulatorState } from './state.ts';

export interface SimulatorOptions {
  /** On 127.0.0.1; a free one when absent. */
  readonly port?: number;
  /** Milliseconds between two pieces of an answer: 0 when absent. */
  readonly chunkDelayMs?: number;
  /** How many of the last requests are remembered: 2000 when absent. */
  readonly journalSize?: number;
}

export interface Simulator {
  /** Base URL, without a slash at the end. */
  readonly url: string;
  readonly control: SimulatorControl;
  /** Cuts what is running and frees the port. */
  close(): Promise<void>;
}

const defaultJournalSize = 2000;

/**
 * Starts a stand-in for chat.qwen.ai on 127.0.0.1 that keeps everything in memory. Several may run in one process.
 *
 * @throws the system's error when the port is taken.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const state = new SimulatorState({
    chunkDelayMs: options.chunkDelayMs ?? 0,
    journalSize: options.journalSize ?? defaultJournalSize,
  });
  const control = createControl(state);
  const server = createServer(
    // Clients keep connections for long; the simulator must not be the one that closes them in between.
    { keepAliveTimeout: 300_000, requestTimeout: 0 },
    createListener(state, async (...call) => {
      // The control API over HTTP needs the schema library, which nobody else should wait for.
      const { createControlListener } = await import('./control/control-routes.ts');
      await createControlListener(control)(...call);
    }),
  );
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  state.url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : options.port}`;
  return {
    url: state.url,
    control,
    async close() {
      state.running.interruptAll('reset');
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
