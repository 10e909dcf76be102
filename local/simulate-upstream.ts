import type { CloseStack } from './close-stack.ts';
import type { RuntimeOptions } from './runtime.ts';
import { defaultAccount } from './simulator/default-account.ts';
import type { Simulator } from './simulator/simulator.ts';
import type { SeedReport } from './store/seed-report.ts';
import type { StoreProcess } from './store/store-process.ts';

export interface SimulatedUpstream {
  readonly simulator: Simulator | undefined;
  /** Point the functions at the simulator. */
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * Starts the simulator when there is no account to serve with, and lends the table its account. An owner who has set
 * QWEN_CHAT_PROXY_URL has chosen an upstream, so that theirs is left alone.
 */
export async function simulateUpstream(
  { env, simulator: options }: Pick<RuntimeOptions, 'env' | 'simulator'>,
  seeded: SeedReport,
  store: StoreProcess,
  ends: CloseStack,
): Promise<SimulatedUpstream> {
  if (seeded.accountCount > 0 || (env.QWEN_CHAT_PROXY_URL ?? '') !== '') return { simulator: undefined, variables: {} };
  const { startSimulator } = await import('./simulator/simulator.ts');
  const simulator = await startSimulator(options);
  ends.add(() => simulator.close());
  await store.addSimulatorAccount(`${defaultAccount.email}:${defaultAccount.password}`);
  const variables = { QWEN_CHAT_PROXY_URL: simulator.url, UPSTREAM_LABEL: 'simulator' };
  // Nobody has to be gentle with a simulator, unless the owner wants to see how it is.
  const spacing = (env.ACCOUNT_SPACING_MS ?? '') === '' ? { ACCOUNT_SPACING_MS: '0' } : {};
  const polling = (env.VIDEO_POLL_SECONDS ?? '') === '' ? { VIDEO_POLL_SECONDS: '1' } : {};
  return { simulator, variables: { ...variables, ...spacing, ...polling } };
}
