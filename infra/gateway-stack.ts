import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { FunctionUrl } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { type FunctionName, functions, routes } from '../shared/routes.ts';
import { Edge } from './constructs/edge.ts';
import { EndpointFunction } from './constructs/endpoint-function.ts';
import { OriginSecret } from './constructs/origin-secret.ts';
import { SecretKey } from './constructs/secret-key.ts';
import { StateTable } from './constructs/state-table.ts';
import type { GatewayOptions } from './gateway-options.ts';

const defaultBundleFolder = fileURLToPath(new URL('../dist/functions', import.meta.url));

type FunctionUrls = ReadonlyMap<FunctionName, FunctionUrl>;

/** The whole gateway. Nothing in it has a fixed price. */
export class GatewayStack extends Stack {
  readonly #options: GatewayOptions;

  constructor(scope: Construct, id: string, options: GatewayOptions) {
    super(scope, id, { description: 'qwen-gateway: chat.qwen.ai as OpenAI-compatible APIs' });
    this.#options = options;
    const { logRetention, originSecretVersion } = options;
    const table = new StateTable(this, 'State', { removable: options.removeTable });
    const secretKey = new SecretKey(this, 'SecretKey');
    const originSecret = options.edge
      ? new OriginSecret(this, 'OriginSecret', { logRetention, version: originSecretVersion }).value
      : undefined;
    const environment = {
      ...options.settings,
      TABLE_NAME: table.tableName,
      SECRET_KEY_PARAMETER: secretKey.parameterName,
      ...(originSecret === undefined ? {} : { ORIGIN_SECRET: originSecret }),
    };
    const urls = this.#createEndpoints(environment, table, secretKey);
    if (originSecret === undefined) this.#printUrls(urls);
    else this.#printBaseUrls(new Edge(this, 'Edge', { urls, originSecret }).baseUrl);
    this.#print('TableName', table.tableName, 'npm run import: --table');
    this.#print('SecretKeyParameter', secretKey.parameterName, 'npm run import: --parameter');
  }

  #createEndpoints(environment: Record<string, string>, table: StateTable, secretKey: SecretKey): FunctionUrls {
    const { bundleFolder = defaultBundleFolder, logRetention, tracing } = this.#options;
    const urls = new Map<FunctionName, FunctionUrl>();
    for (const name of Object.keys(functions).filter(isFunctionName)) {
      const endpoint = new EndpointFunction(this, pascalCase(name), {
        spec: functions[name],
        bundle: join(bundleFolder, name),
        environment,
        logRetention,
        tracing,
      });
      table.grantState(endpoint.lambda);
      secretKey.grantRead(endpoint.lambda);
      urls.set(name, endpoint.url);
    }
    return urls;
  }

  #printUrls(urls: FunctionUrls): void {
    for (const [name, { url }] of urls) {
      const served = routes.filter((route) => route.function === name);
      const paths = served.map(({ method, path }) => `${method} ${path}`).join(', ');
      // What an OpenAI client takes as its base URL ends in /v1.
      const baseUrl = served.every(({ path }) => path.startsWith('/v1/')) ? `${url}v1` : url;
      this.#print(`${pascalCase(name)}Url`, baseUrl, `${functions[name].description}: ${paths}`);
    }
  }

  #printBaseUrls(baseUrl: string): void {
    this.#print('OpenAiBaseUrl', `${baseUrl}/v1`, 'base_url of OpenAI clients');
    this.#print('NativeBaseUrl', `${baseUrl}/api`, 'Native form: POST chat');
  }

  #print(name: string, value: string, description: string): void {
    new CfnOutput(this, name, { value, description });
  }
}

function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(functions, name);
}

function pascalCase(name: string): string {
  return name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
