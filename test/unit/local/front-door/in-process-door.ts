import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type FrontDoor, openFrontDoor } from '../../../../local/front-door/front-door.ts';
import type { RequestRecord } from '../../../../local/front-door/request-line.ts';
import { createRouter } from '../../../../local/front-door/router.ts';
import { InProcessHost } from '../../../../local/in-process/in-process-host.ts';
import { type DeployedName, type FunctionName, routes } from '../../../../shared/routes.ts';
import { temporaryFolder } from '../temporary-folder.ts';

export interface TestDoor {
  readonly door: FrontDoor;
  readonly url: string;
  readonly log: string[];
  readonly records: RequestRecord[];
  /** Resolves with the record of the next request that is over. */
  nextRecord(): Promise<RequestRecord>;
}

/** Writes a function's bundle, as the bundler would. */
export async function writeFunction(folder: string, name: DeployedName, code: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, 'index.mjs'), code);
}

/** Wraps the body of a streaming handler into a bundle. It sees event, stream, context and `from`. */
export function streaming(body: string): string {
  return `
    import { once } from 'node:events';
    const from = (stream, head) => awslambda.HttpResponseStream.from(stream, head);
    export const handler = awslambda.streamifyResponse(async (event, stream, context) => { ${body} });`;
}

/** A front door over handlers that run in this process. The models function is the default one. */
export async function inProcessDoor(handlers: Readonly<Partial<Record<FunctionName, string>>>): Promise<TestDoor> {
  const folder = await temporaryFolder();
  for (const name of namesOf(handlers)) await writeFunction(folder, name, handlers[name] ?? '');
  const log: string[] = [];
  const records: RequestRecord[] = [];
  const waiting: ((record: RequestRecord) => void)[] = [];
  const host = new InProcessHost(folder, (line) => log.push(line));
  const door = await openFrontDoor({
    host: '127.0.0.1',
    port: 0,
    route: createRouter(routes, 'models'),
    functions: host,
    onRequest: (record) => {
      records.push(record);
      for (const resolve of waiting.splice(0)) resolve(record);
    },
  });
  onTestFinished(async () => {
    await door.close();
    await host.close();
  });
  return { door, url: door.url, log, records, nextRecord: () => new Promise((resolve) => waiting.push(resolve)) };
}

function namesOf(handlers: Readonly<Partial<Record<FunctionName, string>>>): readonly FunctionName[] {
  return Object.keys(handlers).filter((name): name is FunctionName => name in handlers);
}
