import type { DialectName } from './chat/dialect.ts';

/** One deployed function: its folder under `functions/` and what it needs to run. */
export interface FunctionSpec {
  readonly description: string;
  /** Measured, see docs/benchmarks.md. */
  readonly memoryMegabytes: number;
  /** Lambda bills until here when an upstream hangs; 900 is Lambda's own limit. */
  readonly timeoutSeconds: number;
}

/** One public path. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD';
  /** Fixed segments and `{name}` for one segment. A trailing slash in a request is ignored. */
  readonly path: string;
  readonly function: FunctionName;
  /** The envelope of its errors, and the form of its answers. */
  readonly dialect: DialectName;
  /**
   * Who may call: `key` any gateway key, `admin` an admin key, `setting` everybody when the setting PUBLIC_MODELS is
   * on and otherwise any key.
   */
  readonly access: 'key' | 'admin' | 'setting';
}

/** When a worker runs by itself. */
export interface Schedule {
  readonly everyMinutes: number;
  /** Deployed only when there is somebody to alert: context `alertEmail`. A laptop's log always listens. */
  readonly forAlerts?: boolean;
}

/** One deployed function without a URL: a schedule or a state machine calls it. */
export interface WorkerSpec extends FunctionSpec {
  readonly schedule?: Schedule;
}

/** Every function with a URL, read by the infrastructure, the bundler and the local runtime. */
export const functions = {
  'chat-completions': {
    description: 'OpenAI chat completions',
    memoryMegabytes: 256,
    timeoutSeconds: 900,
  },
  'native-chat': {
    description: 'Native chat with chatId and parentId',
    memoryMegabytes: 256,
    timeoutSeconds: 900,
  },
  chats: {
    description: 'Upstream chats',
    memoryMegabytes: 256,
    timeoutSeconds: 60,
  },
  models: {
    description: 'Model catalogue, and the answer to unknown paths',
    memoryMegabytes: 256,
    timeoutSeconds: 60,
  },
  status: {
    description: 'Cached health of accounts and upstream',
    memoryMegabytes: 256,
    timeoutSeconds: 30,
  },
  'admin-accounts': {
    description: 'Owner’s management of accounts, imports and the audit log',
    memoryMegabytes: 256,
    timeoutSeconds: 900,
  },
} as const satisfies Record<string, FunctionSpec>;

export type FunctionName = keyof typeof functions;

/** Every function without a URL, read by the same. */
export const workers = {
  'refresh-accounts': {
    description: 'Renews tokens before they end',
    memoryMegabytes: 256,
    timeoutSeconds: 240,
    schedule: { everyMinutes: 5 },
  },
  'import-account': {
    description: 'Signs in and stores one account of a bulk import',
    memoryMegabytes: 256,
    timeoutSeconds: 60,
  },
  'alert-owner': {
    description: 'Tells the owner about accounts that wait for a verification',
    memoryMegabytes: 256,
    timeoutSeconds: 30,
    schedule: { everyMinutes: 1, forAlerts: true },
  },
} as const satisfies Record<string, WorkerSpec>;

export type WorkerName = keyof typeof workers;

/** Every function that is bundled and deployed. */
export const deployedFunctions: Readonly<Record<DeployedName, FunctionSpec>> = { ...functions, ...workers };

export type DeployedName = FunctionName | WorkerName;

export function isWorkerName(name: string): name is WorkerName {
  return Object.hasOwn(workers, name);
}

export function isDeployedName(name: string): name is DeployedName {
  return Object.hasOwn(deployedFunctions, name);
}

/** The function that answers paths that no route names, with the dialect's own 404. */
export const defaultFunction: FunctionName = 'models';

/** Every public path. The first match wins. */
export const routes: readonly Route[] = [
  { method: 'POST', path: '/v1/chat/completions', function: 'chat-completions', dialect: 'openai-chat', access: 'key' },
  { method: 'POST', path: '/api/chat', function: 'native-chat', dialect: 'native', access: 'key' },
  { method: 'POST', path: '/api/chat/completions', function: 'native-chat', dialect: 'native', access: 'key' },
  { method: 'POST', path: '/api/chats', function: 'chats', dialect: 'native', access: 'key' },
  { method: 'GET', path: '/v1/models', function: 'models', dialect: 'openai-chat', access: 'key' },
  { method: 'GET', path: '/v1/models/{model}', function: 'models', dialect: 'openai-chat', access: 'key' },
  { method: 'GET', path: '/api/models', function: 'models', dialect: 'native', access: 'key' },
  { method: 'GET', path: '/models', function: 'models', dialect: 'openai-chat', access: 'setting' },
  { method: 'GET', path: '/api/status', function: 'status', dialect: 'native', access: 'key' },
  { method: 'GET', path: '/admin/accounts', function: 'admin-accounts', dialect: 'openai-chat', access: 'admin' },
  { method: 'POST', path: '/admin/accounts', function: 'admin-accounts', dialect: 'openai-chat', access: 'admin' },
  {
    method: 'POST',
    path: '/admin/accounts/refresh',
    function: 'admin-accounts',
    dialect: 'openai-chat',
    access: 'admin',
  },
  { method: 'GET', path: '/admin/accounts/{id}', function: 'admin-accounts', dialect: 'openai-chat', access: 'admin' },
  {
    method: 'DELETE',
    path: '/admin/accounts/{id}',
    function: 'admin-accounts',
    dialect: 'openai-chat',
    access: 'admin',
  },
  {
    method: 'POST',
    path: '/admin/accounts/{id}/{act}',
    function: 'admin-accounts',
    dialect: 'openai-chat',
    access: 'admin',
  },
  { method: 'POST', path: '/admin/imports', function: 'admin-accounts', dialect: 'openai-chat', access: 'admin' },
  { method: 'GET', path: '/admin/imports/{id}', function: 'admin-accounts', dialect: 'openai-chat', access: 'admin' },
  {
    method: 'GET',
    path: '/admin/imports/{id}/events',
    function: 'admin-accounts',
    dialect: 'openai-chat',
    access: 'admin',
  },
  { method: 'GET', path: '/admin/audit', function: 'admin-accounts', dialect: 'openai-chat', access: 'admin' },
  { method: 'GET', path: '/admin/audit/verify', function: 'admin-accounts', dialect: 'openai-chat', access: 'admin' },
];
