import { onTestFinished } from 'vitest';
import { type FrontDoor, openFrontDoor } from '../../../../local/front-door/front-door.ts';
import { createRouter } from '../../../../local/front-door/router.ts';
import { LambdaHost } from '../../../../local/lambda/lambda-host.ts';
import { type FunctionName, type FunctionSpec, routes } from '../../../../shared/routes.ts';
import { writeFunction } from '../front-door/in-process-door.ts';
import { temporaryFolder } from '../temporary-folder.ts';

export interface LambdaDoor {
  readonly door: FrontDoor;
  readonly url: string;
  readonly host: LambdaHost;
  readonly folder: string;
  readonly log: readonly string[];
  /** Resolves with the first line (or the one at `position`), past or to come, that matches. */
  line(pattern: RegExp, position?: number): Promise<string>;
}

const spec: FunctionSpec = { description: '', memoryMegabytes: 256, timeoutSeconds: 60 };

/** A front door over the models function (the default one), which runs in processes of its own. */
export async function lambdaDoor(code: string, limits: Partial<FunctionSpec> = {}): Promise<LambdaDoor> {
  const folder = await temporaryFolder();
  const name: FunctionName = 'models';
  await writeFunction(folder, name, code);
  const log: string[] = [];
  const waiting = new Set<() => void>();
  const host = new LambdaHost({
    folder,
    variables: { GIVEN: 'to the function' },
    specs: { [name]: { ...spec, ...limits } },
    log: (line) => {
      log.push(line);
      for (const look of waiting) look();
    },
  });
  const door = await openFrontDoor({
    host: '127.0.0.1',
    port: 0,
    route: createRouter(routes, name),
    functions: host,
    onRequest: () => {},
  });
  onTestFinished(async () => {
    await door.close();
    await host.close();
  });
  const line = (pattern: RegExp, position = 0) =>
    new Promise<string>((resolve) => {
      const look = () => {
        const found = log.filter((candidate) => pattern.test(candidate))[position];
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  return { door, url: door.url, host, folder, log, line };
}
