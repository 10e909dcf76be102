import { objectLifetimes } from '../shared/objects/object-lifetimes.ts';
import { type Environment, Settings } from '../shared/read-settings.ts';
import { defaultFunction, routes } from '../shared/routes.ts';
import { type Assembly, ensureAssembly } from './assembly/assembly.ts';
import { readTemplate } from './assembly/template.ts';
import { openBackstage } from './backstage.ts';
import { CloseStack } from './close-stack.ts';
import { ConsoleFiles } from './console/console-files.ts';
import { ensureLocalConsole } from './console/ensure-console.ts';
import { openFrontDoor } from './front-door/front-door.ts';
import type { FunctionHost } from './front-door/function-host.ts';
import { requestLine } from './front-door/request-line.ts';
import { createRouter } from './front-door/router.ts';
import { functionVariables, importVariables } from './function-variables.ts';
import { InProcessHost } from './in-process/in-process-host.ts';
import { takeProcessEnvironment } from './in-process/process-environment.ts';
import { LambdaHost } from './lambda/lambda-host.ts';
import { watchSources } from './lambda/watch-sources.ts';
import { simulateUpstream } from './simulate-upstream.ts';
import type { Simulator, SimulatorOptions } from './simulator/simulator.ts';
import { openStateFolder } from './state/state-folder.ts';
import type { SeedReport } from './store/seed-report.ts';
import { StoreProcess } from './store/store-process.ts';

export interface RuntimeOptions {
  /** `start`: all functions in this process, one such runtime at a time. `dev`: a process per execution environment. */
  readonly mode: 'start' | 'dev';
  /** 0 takes a free one; the setting PORT by default. */
  readonly port?: number;
  /** The setting STATE_FOLDER by default. */
  readonly stateFolder?: string;
  /** All settings, secret ones too. Nothing is read from `process.env`. */
  readonly env: Environment;
  /** Gets every line: requests, reports, warnings. Silent by default. */
  readonly log?: (line: string) => void;
  /** Mode `dev` only: bundle anew when a source changes. */
  readonly watch?: boolean;
  /** For the simulator, should it be needed. */
  readonly simulator?: SimulatorOptions;
}

export interface Runtime {
  /** Base URL of the front door. */
  readonly url: string;
  readonly stateFolder: string;
  /** The plain admin key, when this start has made it. */
  readonly adminKey: string | undefined;
  /** Running when no account is configured. */
  readonly simulator: Simulator | undefined;
  readonly seeded: SeedReport;
  /** Ends everything that was started; a second call waits for the first. */
  close(): Promise<void>;
}

/**
 * Starts the gateway on this machine: store, functions and front door.
 *
 * @throws LocalRuntimeError when the owner has to mend something, InvalidSettingsError.
 */
export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  const ends = new CloseStack();
  try {
    return await start(options, ends);
  } catch (error) {
    await ends.close().catch(() => {});
    throw error;
  }
}

async function start(options: RuntimeOptions, ends: CloseStack): Promise<Runtime> {
  const { env, log = () => {} } = options;
  const settings = new Settings(env);
  const folder = await openStateFolder(options.stateFolder ?? settings.text('STATE_FOLDER'));
  ends.add(folder.release);
  const building = ensureLocalConsole(log);
  const [store, assembly] = await both(startStore(folder.path, log, ends), ensureAssembly(log));
  const template = await readTemplate(assembly.templatePath);
  await store.createTables(template.tables, template.variables, {
    names: template.buckets,
    lifetimes: objectLifetimes(settings),
  });
  const seeded = await store.seed(importVariables(env));
  const { simulator, variables: upstream } = await simulateUpstream(options, seeded, store, ends);
  const backstage = await openBackstage({ folder: folder.path, machines: template.machines, log });
  ends.add(() => backstage.close());
  const fromStack = { ...template.variables, AWS_ENDPOINT_URL_SFN: backstage.stepFunctionsUrl };
  const variables = { ...functionVariables(env, fromStack, store.address), ...upstream };
  const functions = await startFunctions(options, assembly, variables, ends);
  await backstage.begin(functions, () => store.hasAccounts());
  ends.add(() => backstage.suspend());
  const door = await openFrontDoor({
    host: settings.text('HOST'),
    port: options.port ?? settings.integer('PORT'),
    route: createRouter(routes, defaultFunction),
    functions,
    consoleFiles: new ConsoleFiles(await building, store.address.objectUrl),
    onRequest: (record) => log(requestLine(record)),
  });
  ends.add(door.close);
  const close = () => ends.close();
  return { url: door.url, stateFolder: folder.path, adminKey: seeded.adminKey, simulator, seeded, close };
}

/** Waits for both even when one fails, so that nothing is started after the end of what was. */
async function both<First, Second>(first: Promise<First>, second: Promise<Second>): Promise<[First, Second]> {
  await Promise.allSettled([first, second]);
  return Promise.all([first, second]);
}

async function startStore(folder: string, log: (line: string) => void, ends: CloseStack): Promise<StoreProcess> {
  const store = new StoreProcess(folder, log);
  ends.add(() => store.close());
  await store.open();
  return store;
}

async function startFunctions(
  options: RuntimeOptions,
  { functionsFolder }: Assembly,
  variables: Readonly<Record<string, string>>,
  ends: CloseStack,
): Promise<FunctionHost> {
  const { log = () => {} } = options;
  if (options.mode === 'start') {
    // The front door has a line for each request already.
    ends.add(takeProcessEnvironment({ LOG_LEVEL: 'warn', ...variables }));
    const host = new InProcessHost(functionsFolder, log);
    ends.add(() => host.close());
    await host.preload('chat-completions');
    return host;
  }
  const host = new LambdaHost({ folder: functionsFolder, variables, log });
  ends.add(() => host.close());
  if (options.watch === true) ends.add(watchSources(host, functionsFolder, log));
  return host;
}
