import { availableParallelism, cpus, loadavg } from 'node:os';

/** One line on where the figures come from. */
export function describeMachine(): string {
  const [{ model = 'unknown processor' } = {}] = cpus();
  const load = loadavg()[0]?.toFixed(1) ?? '?';
  return `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${availableParallelism()} × ${model}, load before the run ${load}, ${new Date().toISOString().slice(0, 10)}`;
}
