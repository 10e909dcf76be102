import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRuntime } from '../../../local/runtime.ts';
import type { SimulatorControl } from '../../../local/simulator/control/control.ts';
import { startSimulator } from '../../../local/simulator/simulator.ts';

export interface RunningGateway {
  readonly url: string;
  readonly apiKey: string;
  /** Of the simulator that is its upstream. */
  readonly control: SimulatorControl;
  close(): Promise<void>;
}

const apiKey = 'sk-agents-0123456789abcdef';
const account = { email: 'one@example.com', password: 'correct horse' };

/** Starts a gateway with one account on a simulator of its own, as `npm start` would. */
export async function startGateway(): Promise<RunningGateway> {
  const simulator = await startSimulator();
  simulator.control.accounts.add(account);
  const stateFolder = await mkdtemp(join(tmpdir(), 'qwen-gateway-agents-state-'));
  const runtime = await startRuntime({
    mode: 'start',
    port: 0,
    stateFolder,
    env: {
      API_KEY: apiKey,
      ACCOUNTS: `${account.email}:${account.password}`,
      QWEN_CHAT_PROXY_URL: simulator.url,
      ACCOUNT_SPACING_MS: '0',
      // Where agents ask for models of their own, they mean this one.
      MODEL_ALIASES: 'claude-*=qwen3.7-plus, gpt-*=qwen3.7-plus, gemini-*=qwen3.7-plus',
    },
  });
  return {
    url: runtime.url,
    apiKey,
    control: simulator.control,
    async close() {
      await runtime.close();
      await simulator.close();
      await rm(stateFolder, { recursive: true, force: true });
    },
  };
}
