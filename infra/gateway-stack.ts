import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { objectLifetimes } from '../shared/objects/object-lifetimes.ts';
import { Settings } from '../shared/read-settings.ts';
import { type DeployedName, deployedFunctions, functions, routes, workers } from '../shared/routes.ts';
import { AlertTopic } from './constructs/alert-topic.ts';
import { ConsoleSite } from './constructs/console-site.ts';
import { Edge } from './constructs/edge.ts';
import { type FunctionUrls, GatewayFunctions } from './constructs/gateway-functions.ts';
import { ItemMachine } from './constructs/item-machine.ts';
import { cleanupWords, importWords } from './constructs/item-words.ts';
import { ObjectBucket } from './constructs/object-bucket.ts';
import { giveObjectRights } from './constructs/object-rights.ts';
import { OriginSecret } from './constructs/origin-secret.ts';
import { ResponseMachine } from './constructs/response-machine.ts';
import { SecretKey } from './constructs/secret-key.ts';
import { StateTable } from './constructs/state-table.ts';
import { VideoMachine } from './constructs/video-machine.ts';
import type { GatewayOptions } from './gateway-options.ts';
import { pascalCase } from './pascal-case.ts';

const defaultBundleFolder = fileURLToPath(new URL('../dist/functions', import.meta.url));

/** Who orders videos, and who goes on with those that nobody works on. */
const videoStarters: readonly DeployedName[] = [
  'videos',
  'chat-completions',
  'messages',
  'gemini',
  'responses',
  'native-chat',
  'resume-videos',
];

/** The whole gateway. Nothing in it has a fixed price. */
export class GatewayStack extends Stack {
  constructor(scope: Construct, id: string, options: GatewayOptions) {
    super(scope, id, { description: 'qwen-gateway: chat.qwen.ai as the APIs of OpenAI, Anthropic and Gemini' });
    const { alertEmail, bundleFolder = defaultBundleFolder, logRetention, originSecretVersion, tracing } = options;
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
    const made = new GatewayFunctions(this, {
      bundleFolder,
      environment,
      logRetention,
      tracing,
      alerts: alertEmail !== undefined,
    });
    for (const [name, lambda] of made.all) {
      table.grantState(lambda);
      if (deployedFunctions[name].withoutSecrets !== true) secretKey.grantRead(lambda);
    }
    giveObjectRights(made, this.#addBucket(options));
    this.#addImports(made);
    this.#addCleanups(made, table);
    this.#addBackgroundResponses(made);
    this.#addVideos(made, table);
    if (alertEmail !== undefined) this.#addAlerts(made, alertEmail);
    if (originSecret === undefined) this.#printUrls(made.urls);
    else {
      // Built beside the functions' bundles.
      const folder = join(bundleFolder, '..', 'console');
      const { behavior: site } = new ConsoleSite(this, 'ConsoleSite', { folder, logRetention });
      this.#printBaseUrls(new Edge(this, 'Edge', { urls: made.urls, originSecret, site }).baseUrl);
    }
    this.#print('TableName', table.tableName, 'npm run import: --table');
    this.#print('SecretKeyParameter', secretKey.parameterName, 'npm run import: --parameter');
  }

  #addBucket({ removeTable, settings }: GatewayOptions): ObjectBucket {
    const lifetimes = objectLifetimes(new Settings(settings));
    return new ObjectBucket(this, 'Objects', { removable: removeTable, lifetimes });
  }

  #addImports(made: GatewayFunctions): void {
    const machine = new ItemMachine(this, 'Imports', { worker: made.lambda('import-account'), words: importWords });
    const admin = made.lambda('admin-accounts');
    admin.addEnvironment('IMPORT_MACHINE_ARN', machine.arn);
    machine.grantStart(admin);
  }

  #addCleanups(made: GatewayFunctions, table: StateTable): void {
    const machine = new ItemMachine(this, 'Cleanups', { worker: made.lambda('cleanup-step'), words: cleanupWords });
    for (const name of ['chats', 'sweep-chats'] as const) {
      const starter = made.lambda(name);
      table.grantLists(starter);
      starter.addEnvironment('CLEANUP_MACHINE_ARN', machine.arn);
      machine.grantStart(starter);
    }
  }

  #addBackgroundResponses(made: GatewayFunctions): void {
    const { timeoutSeconds } = workers['answer-response'];
    const machine = new ResponseMachine(this, 'BackgroundResponses', {
      worker: made.lambda('answer-response'),
      timeoutSeconds,
    });
    const responses = made.lambda('responses');
    responses.addEnvironment('RESPONSE_MACHINE_ARN', machine.arn);
    machine.grantStart(responses);
  }

  #addVideos(made: GatewayFunctions, table: StateTable): void {
    const { timeoutSeconds } = workers['video-step'];
    // The admin API lists the videos of all callers.
    table.grantLists(made.lambda('videos'));
    const machine = new VideoMachine(this, 'VideoJobs', { worker: made.lambda('video-step'), timeoutSeconds });
    for (const name of videoStarters) {
      const starter = made.lambda(name);
      starter.addEnvironment('VIDEO_MACHINE_ARN', machine.arn);
      machine.grantStart(starter);
    }
  }

  #addAlerts(made: GatewayFunctions, email: string): void {
    const topic = new AlertTopic(this, 'Alerts', { email });
    const alerter = made.lambda('alert-owner');
    alerter.addEnvironment('ALERT_TOPIC_ARN', topic.arn);
    topic.grantPublish(alerter);
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
    this.#print('ConsoleUrl', `${baseUrl}/`, 'The console, in a browser');
    this.#print('OpenAiBaseUrl', `${baseUrl}/v1`, 'base_url of OpenAI clients');
    this.#print('NativeBaseUrl', `${baseUrl}/api`, 'Native form: POST chat');
  }

  #print(name: string, value: string, description: string): void {
    new CfnOutput(this, name, { value, description });
  }
}
