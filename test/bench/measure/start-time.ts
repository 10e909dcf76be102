import { type GatewayOptions, npmStart } from '../contenders/gateway.ts';
import { ask } from '../load/ask.ts';
import { median } from './statistics.ts';

/**
 * Measures how long an owner waits: from `npm start` to the end of the first answer. The first start, which may have to
 * bundle and makes the tables, is not counted.
 *
 * @returns milliseconds, the median.
 */
export async function measureStart(options: GatewayOptions, starts: number): Promise<number> {
  await startOnce(options);
  const times: number[] = [];
  for (let start = 0; start < starts; start += 1) times.push(await startOnce(options));
  return median(times);
}

async function startOnce(options: GatewayOptions): Promise<number> {
  const begin = performance.now();
  const gateway = await npmStart(options);
  try {
    await ask({ url: gateway.url, headers: { ...gateway.headers } }, { chunks: 3 });
    return performance.now() - begin;
  } finally {
    await gateway.close();
  }
}
