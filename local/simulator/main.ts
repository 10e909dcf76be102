import { parseArgs } from 'node:util';
import { defaultAccount } from './default-account.ts';
import { startSimulator } from './simulator.ts';

// Slow enough that a person sees the answer come.
const personalChunkDelayMs = 20;

const { values } = parseArgs({
  options: { port: { type: 'string' }, 'chunk-delay': { type: 'string' } },
});

const simulator = await startSimulator({
  port: Number(values.port ?? 0),
  chunkDelayMs: Number(values['chunk-delay'] ?? personalChunkDelayMs),
});
console.log(simulator.url);
console.error(
  `Stand-in for chat.qwen.ai, account ${defaultAccount.email} with the password ${defaultAccount.password}.`,
);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void simulator.close();
  });
}
