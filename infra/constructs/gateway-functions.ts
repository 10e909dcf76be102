import { join } from 'node:path';
import type { FunctionUrl, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import {
  type DeployedName,
  type FunctionName,
  functions,
  isDeployedName,
  isWorkerName,
  type WorkerName,
  type WorkerSpec,
  workers,
} from '../../shared/routes.ts';
import { pascalCase } from '../pascal-case.ts';
import { EndpointFunction } from './endpoint-function.ts';
import { WorkerFunction } from './worker-function.ts';

export type FunctionUrls = ReadonlyMap<FunctionName, FunctionUrl>;

export interface GatewayFunctionsProperties {
  /** Absolute path of the folder with `<name>/index.mjs`. */
  readonly bundleFolder: string;
  /** Of every function. */
  readonly environment: Record<string, string>;
  readonly logRetention: RetentionDays;
  readonly tracing: boolean;
  /** Whether somebody gets alerts. */
  readonly alerts: boolean;
}

/** All functions of shared/routes.ts: endpoints with a URL and workers without one. */
export class GatewayFunctions {
  readonly urls: FunctionUrls;
  readonly #lambdas = new Map<DeployedName, LambdaFunction>();

  constructor(scope: Construct, { bundleFolder, alerts, ...properties }: GatewayFunctionsProperties) {
    const urls = new Map<FunctionName, FunctionUrl>();
    for (const name of Object.keys(functions).filter(isFunctionName)) {
      const bundle = join(bundleFolder, name);
      const endpoint = new EndpointFunction(scope, pascalCase(name), { ...properties, spec: functions[name], bundle });
      this.#lambdas.set(name, endpoint.lambda);
      urls.set(name, endpoint.url);
    }
    for (const name of Object.keys(workers).filter(isWorkerName)) {
      const bundle = join(bundleFolder, name);
      const spec = specOf(name, alerts);
      this.#lambdas.set(name, new WorkerFunction(scope, pascalCase(name), { ...properties, spec, bundle }).lambda);
    }
    this.urls = urls;
  }

  get all(): readonly (readonly [DeployedName, LambdaFunction])[] {
    return [...this.#lambdas];
  }

  lambda(name: DeployedName): LambdaFunction {
    const lambda = this.#lambdas.get(name);
    if (lambda === undefined) throw new Error(`There is no function ${name}`);
    return lambda;
  }
}

/** A schedule that serves alerts runs only when somebody gets them. */
function specOf(name: WorkerName, alerts: boolean): WorkerSpec {
  const { schedule, ...spec }: WorkerSpec = workers[name];
  return schedule === undefined || (schedule.forAlerts === true && !alerts) ? spec : { ...spec, schedule };
}

function isFunctionName(name: string): name is FunctionName {
  return isDeployedName(name) && !isWorkerName(name);
}
