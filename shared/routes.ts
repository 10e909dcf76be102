import type { DialectName } from './chat/dialect.ts';

/** One deployed function: its folder under `functions/` and what it needs to run. */
export interface FunctionSpec {
  readonly description: string;
  /** Measured, see docs/benchmarks.md. */
  readonly memoryMegabytes: number;
  /** Lambda bills until here when an upstream hangs; 900 is Lambda's own limit. */
  readonly timeoutSeconds: number;
  /** Whether it never opens an account's secrets, so that it may not read their key. */
  readonly withoutSecrets?: true;
}

/** One public path. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';
  /** Fixed segments and `{name}` for one segment. A trailing slash in a request is ignored. */
  readonly path: string;
  readonly function: FunctionName;
  /** The envelope of its errors, and the form of its answers. */
  readonly dialect: DialectName;
  /** Whether clients of several dialects use the path: their headers tell which, and `dialect` is for those that don't. */
  readonly shared?: true;
  /** Whether forms (multipart) are taken beside JSON. */
  readonly forms?: true;
  /** Whether its answer is kept for the caller's `Idempotency-Key`. Videos are not here: the key is their job's. */
  readonly creates?: true;
  /** What its requests use up, which is counted. */
  readonly metered?: 'chat' | 'image' | 'video';
  /**
   * Who may call: `key` any gateway key, `admin` an admin key, `setting` everybody when the setting PUBLIC_MODELS is
   * on and otherwise any key, `anyone` everybody always.
   */
  readonly access: 'key' | 'admin' | 'setting' | 'anyone';
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
  messages: {
    description: 'Anthropic messages',
    memoryMegabytes: 256,
    timeoutSeconds: 900,
  },
  gemini: {
    description: 'Gemini generateContent and streamGenerateContent',
    memoryMegabytes: 256,
    timeoutSeconds: 900,
  },
  responses: {
    description: 'OpenAI responses',
    memoryMegabytes: 256,
    timeoutSeconds: 900,
  },
  images: {
    description: 'OpenAI images: generations and edits',
    memoryMegabytes: 512,
    timeoutSeconds: 900,
  },
  videos: {
    description: 'OpenAI videos, and the state of tasks',
    memoryMegabytes: 256,
    timeoutSeconds: 900,
  },
  files: {
    description: 'OpenAI files, and uploads in parts',
    memoryMegabytes: 512,
    timeoutSeconds: 900,
    withoutSecrets: true,
  },
  'native-files': {
    description: 'Uploads, and signatures for uploads past the gateway',
    memoryMegabytes: 256,
    timeoutSeconds: 120,
  },
  chats: {
    description: 'Upstream chats: making, listing, reading, renaming, deleting, cleaning up',
    memoryMegabytes: 256,
    timeoutSeconds: 60,
  },
  models: {
    description: 'Model catalogue and aliases, and the answer to unknown paths',
    memoryMegabytes: 256,
    timeoutSeconds: 60,
  },
  'count-tokens': {
    description: 'Counts the tokens of a request, with Qwen’s own tokenizer',
    memoryMegabytes: 512,
    timeoutSeconds: 60,
    withoutSecrets: true,
  },
  status: {
    description: 'Cached health of accounts and upstream',
    memoryMegabytes: 256,
    timeoutSeconds: 30,
    withoutSecrets: true,
  },
  'admin-accounts': {
    description: 'Owner’s management of accounts, imports and the audit log',
    memoryMegabytes: 256,
    timeoutSeconds: 900,
  },
  'admin-keys': {
    description: 'Owner’s management of gateway keys, and sessions',
    memoryMegabytes: 256,
    timeoutSeconds: 30,
    withoutSecrets: true,
  },
  'admin-settings': {
    description: 'Owner’s settings of the running gateway, their history and undo',
    memoryMegabytes: 256,
    timeoutSeconds: 30,
    withoutSecrets: true,
  },
  'admin-usage': {
    description: 'What was used, and recent requests',
    memoryMegabytes: 256,
    timeoutSeconds: 60,
    withoutSecrets: true,
  },
  'admin-backup': {
    description: 'Owner’s export and import of everything',
    // Making a key of a passphrase takes 128 MB.
    memoryMegabytes: 512,
    timeoutSeconds: 120,
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
  'answer-response': {
    description: 'Answers one response in the background',
    memoryMegabytes: 256,
    timeoutSeconds: 900,
  },
  'video-step': {
    description: 'Makes one video, step by step',
    memoryMegabytes: 256,
    // Copying a large video takes minutes.
    timeoutSeconds: 600,
  },
  'resume-videos': {
    description: 'Goes on with videos that nobody works on',
    memoryMegabytes: 256,
    timeoutSeconds: 60,
    schedule: { everyMinutes: 5 },
  },
  'cleanup-step': {
    description: 'Deletes one chat of a clean-up',
    memoryMegabytes: 256,
    timeoutSeconds: 60,
  },
  'sweep-chats': {
    description: 'Deletes upstream chats that are due or that nobody knows of, and begins daily clean-ups',
    memoryMegabytes: 256,
    timeoutSeconds: 300,
    schedule: { everyMinutes: 15 },
  },
  'roll-up-usage': {
    description: 'Sums up what was used, day by day',
    memoryMegabytes: 256,
    timeoutSeconds: 300,
    withoutSecrets: true,
    // A day has to be over, and laptops are not always awake: most runs do nothing.
    schedule: { everyMinutes: 60 },
  },
  'alert-owner': {
    description: 'Tells the owner about accounts that wait for a verification',
    memoryMegabytes: 256,
    timeoutSeconds: 30,
    withoutSecrets: true,
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
  {
    method: 'POST',
    path: '/v1/chat/completions',
    function: 'chat-completions',
    dialect: 'openai-chat',
    creates: true,
    metered: 'chat',
    access: 'key',
  },
  {
    method: 'POST',
    path: '/v1/messages',
    function: 'messages',
    dialect: 'anthropic',
    creates: true,
    metered: 'chat',
    access: 'key',
  },
  {
    method: 'POST',
    path: '/v1/messages/count_tokens',
    function: 'count-tokens',
    dialect: 'anthropic',
    access: 'key',
  },
  // Before the paths of single responses, one of which would take this as well.
  {
    method: 'POST',
    path: '/v1/responses/input_tokens',
    function: 'count-tokens',
    dialect: 'openai-responses',
    access: 'key',
  },
  {
    method: 'POST',
    path: '/v1/responses',
    function: 'responses',
    dialect: 'openai-responses',
    creates: true,
    metered: 'chat',
    access: 'key',
  },
  { method: 'GET', path: '/v1/responses', function: 'responses', dialect: 'openai-responses', access: 'key' },
  { method: 'GET', path: '/v1/responses/{id}', function: 'responses', dialect: 'openai-responses', access: 'key' },
  { method: 'DELETE', path: '/v1/responses/{id}', function: 'responses', dialect: 'openai-responses', access: 'key' },
  {
    method: 'POST',
    path: '/v1/responses/{id}/cancel',
    function: 'responses',
    dialect: 'openai-responses',
    access: 'key',
  },
  {
    method: 'GET',
    path: '/v1/responses/{id}/input_items',
    function: 'responses',
    dialect: 'openai-responses',
    access: 'key',
  },
  {
    method: 'POST',
    path: '/v1/images/generations',
    function: 'images',
    dialect: 'openai-chat',
    creates: true,
    metered: 'image',
    access: 'key',
  },
  {
    method: 'POST',
    path: '/v1/images/edits',
    function: 'images',
    dialect: 'openai-chat',
    forms: true,
    creates: true,
    metered: 'image',
    access: 'key',
  },
  {
    method: 'POST',
    path: '/v1/images/variations',
    function: 'images',
    dialect: 'openai-chat',
    forms: true,
    creates: true,
    access: 'key',
  },
  {
    method: 'POST',
    path: '/v1/videos',
    function: 'videos',
    dialect: 'openai-chat',
    forms: true,
    metered: 'video',
    access: 'key',
  },
  { method: 'GET', path: '/v1/videos', function: 'videos', dialect: 'openai-chat', access: 'key' },
  { method: 'GET', path: '/v1/videos/{id}', function: 'videos', dialect: 'openai-chat', access: 'key' },
  { method: 'DELETE', path: '/v1/videos/{id}', function: 'videos', dialect: 'openai-chat', access: 'key' },
  { method: 'GET', path: '/v1/videos/{id}/content', function: 'videos', dialect: 'openai-chat', access: 'key' },
  { method: 'GET', path: '/v1/videos/{id}/events', function: 'videos', dialect: 'openai-chat', access: 'key' },
  {
    method: 'POST',
    path: '/v1/videos/{id}/remix',
    function: 'videos',
    dialect: 'openai-chat',
    forms: true,
    access: 'key',
  },
  {
    method: 'POST',
    path: '/v1/videos/edits',
    function: 'videos',
    dialect: 'openai-chat',
    forms: true,
    access: 'key',
  },
  {
    method: 'POST',
    path: '/v1/videos/extensions',
    function: 'videos',
    dialect: 'openai-chat',
    forms: true,
    access: 'key',
  },
  {
    method: 'POST',
    path: '/v1/videos/characters',
    function: 'videos',
    dialect: 'openai-chat',
    forms: true,
    access: 'key',
  },
  {
    method: 'GET',
    path: '/v1/videos/characters/{id}',
    function: 'videos',
    dialect: 'openai-chat',
    access: 'key',
  },
  {
    method: 'POST',
    path: '/v1/files',
    function: 'files',
    dialect: 'openai-chat',
    forms: true,
    creates: true,
    access: 'key',
  },
  { method: 'GET', path: '/v1/files', function: 'files', dialect: 'openai-chat', access: 'key' },
  { method: 'GET', path: '/v1/files/{id}', function: 'files', dialect: 'openai-chat', access: 'key' },
  { method: 'DELETE', path: '/v1/files/{id}', function: 'files', dialect: 'openai-chat', access: 'key' },
  { method: 'GET', path: '/v1/files/{id}/content', function: 'files', dialect: 'openai-chat', access: 'key' },
  { method: 'POST', path: '/v1/uploads', function: 'files', dialect: 'openai-chat', creates: true, access: 'key' },
  {
    method: 'POST',
    path: '/v1/uploads/{id}/parts',
    function: 'files',
    dialect: 'openai-chat',
    forms: true,
    creates: true,
    access: 'key',
  },
  {
    method: 'POST',
    path: '/v1/uploads/{id}/complete',
    function: 'files',
    dialect: 'openai-chat',
    creates: true,
    access: 'key',
  },
  { method: 'POST', path: '/v1/uploads/{id}/cancel', function: 'files', dialect: 'openai-chat', access: 'key' },
  { method: 'GET', path: '/api/tasks/status/{id}', function: 'videos', dialect: 'native', access: 'key' },
  {
    method: 'POST',
    path: '/api/chat',
    function: 'native-chat',
    dialect: 'native',
    creates: true,
    metered: 'chat',
    access: 'key',
  },
  {
    method: 'POST',
    path: '/api/chat/completions',
    function: 'native-chat',
    dialect: 'native',
    creates: true,
    metered: 'chat',
    access: 'key',
  },
  {
    method: 'POST',
    path: '/api/files/upload',
    function: 'native-files',
    dialect: 'native',
    forms: true,
    creates: true,
    access: 'key',
  },
  { method: 'POST', path: '/api/files/sign', function: 'native-files', dialect: 'native', access: 'key' },
  { method: 'POST', path: '/api/files/getstsToken', function: 'native-files', dialect: 'native', access: 'key' },
  { method: 'POST', path: '/api/chats', function: 'chats', dialect: 'native', creates: true, access: 'key' },
  { method: 'GET', path: '/api/chats', function: 'chats', dialect: 'native', access: 'key' },
  { method: 'POST', path: '/api/chats/cleanup', function: 'chats', dialect: 'native', creates: true, access: 'key' },
  { method: 'GET', path: '/api/chats/cleanup/{id}', function: 'chats', dialect: 'native', access: 'key' },
  { method: 'GET', path: '/api/chats/{id}', function: 'chats', dialect: 'native', access: 'key' },
  { method: 'DELETE', path: '/api/chats/{id}', function: 'chats', dialect: 'native', access: 'key' },
  { method: 'PUT', path: '/api/chats/{id}/rename', function: 'chats', dialect: 'native', access: 'key' },
  // Before the paths with nothing but a model, which would take these as well.
  {
    method: 'POST',
    path: '/v1beta/models/{model}:countTokens',
    function: 'count-tokens',
    dialect: 'gemini',
    access: 'key',
  },
  {
    method: 'POST',
    path: '/v1/models/{model}:countTokens',
    function: 'count-tokens',
    dialect: 'gemini',
    access: 'key',
  },
  {
    method: 'POST',
    path: '/v1beta/models/{model}:generateContent',
    function: 'gemini',
    dialect: 'gemini',
    creates: true,
    metered: 'chat',
    access: 'key',
  },
  {
    method: 'POST',
    path: '/v1beta/models/{model}:streamGenerateContent',
    function: 'gemini',
    dialect: 'gemini',
    creates: true,
    metered: 'chat',
    access: 'key',
  },
  {
    method: 'POST',
    path: '/v1/models/{model}:generateContent',
    function: 'gemini',
    dialect: 'gemini',
    creates: true,
    metered: 'chat',
    access: 'key',
  },
  {
    method: 'POST',
    path: '/v1/models/{model}:streamGenerateContent',
    function: 'gemini',
    dialect: 'gemini',
    creates: true,
    metered: 'chat',
    access: 'key',
  },
  { method: 'GET', path: '/v1/models', function: 'models', dialect: 'openai-chat', shared: true, access: 'key' },
  {
    method: 'GET',
    path: '/v1/models/{model}',
    function: 'models',
    dialect: 'openai-chat',
    shared: true,
    access: 'key',
  },
  { method: 'GET', path: '/v1beta/models', function: 'models', dialect: 'gemini', access: 'key' },
  { method: 'GET', path: '/v1beta/models/{model}', function: 'models', dialect: 'gemini', access: 'key' },
  { method: 'GET', path: '/api/models', function: 'models', dialect: 'native', access: 'key' },
  { method: 'GET', path: '/models', function: 'models', dialect: 'openai-chat', access: 'setting' },
  // Claude Code asks with HEAD, at its start and without a key.
  { method: 'GET', path: '/api/hello', function: 'models', dialect: 'native', access: 'anyone' },
  { method: 'GET', path: '/admin/model-aliases', function: 'models', dialect: 'openai-chat', access: 'admin' },
  { method: 'PUT', path: '/admin/model-aliases', function: 'models', dialect: 'openai-chat', access: 'admin' },
  { method: 'GET', path: '/api/info', function: 'status', dialect: 'native', access: 'anyone' },
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
  { method: 'GET', path: '/admin/keys', function: 'admin-keys', dialect: 'openai-chat', access: 'admin' },
  { method: 'POST', path: '/admin/keys', function: 'admin-keys', dialect: 'openai-chat', access: 'admin' },
  { method: 'GET', path: '/admin/keys/{id}', function: 'admin-keys', dialect: 'openai-chat', access: 'admin' },
  { method: 'POST', path: '/admin/keys/{id}', function: 'admin-keys', dialect: 'openai-chat', access: 'admin' },
  { method: 'DELETE', path: '/admin/keys/{id}', function: 'admin-keys', dialect: 'openai-chat', access: 'admin' },
  { method: 'GET', path: '/admin/session', function: 'admin-keys', dialect: 'openai-chat', access: 'admin' },
  { method: 'POST', path: '/admin/session', function: 'admin-keys', dialect: 'openai-chat', access: 'admin' },
  { method: 'DELETE', path: '/admin/session', function: 'admin-keys', dialect: 'openai-chat', access: 'admin' },
  { method: 'GET', path: '/admin/usage', function: 'admin-usage', dialect: 'openai-chat', access: 'admin' },
  { method: 'GET', path: '/api/usage', function: 'admin-usage', dialect: 'native', access: 'key' },
  // Here because deleting and cancelling end what an account has begun.
  { method: 'GET', path: '/admin/jobs', function: 'videos', dialect: 'openai-chat', access: 'admin' },
  { method: 'GET', path: '/admin/jobs/{id}', function: 'videos', dialect: 'openai-chat', access: 'admin' },
  { method: 'DELETE', path: '/admin/jobs/{id}', function: 'videos', dialect: 'openai-chat', access: 'admin' },
  { method: 'POST', path: '/admin/jobs/{id}/cancel', function: 'videos', dialect: 'openai-chat', access: 'admin' },
  { method: 'GET', path: '/admin/requests', function: 'admin-usage', dialect: 'openai-chat', access: 'admin' },
  { method: 'GET', path: '/admin/requests/{id}', function: 'admin-usage', dialect: 'openai-chat', access: 'admin' },
  { method: 'POST', path: '/admin/export', function: 'admin-backup', dialect: 'openai-chat', access: 'admin' },
  { method: 'POST', path: '/admin/import', function: 'admin-backup', dialect: 'openai-chat', access: 'admin' },
  { method: 'POST', path: '/admin/import/preview', function: 'admin-backup', dialect: 'openai-chat', access: 'admin' },
  { method: 'GET', path: '/admin/settings', function: 'admin-settings', dialect: 'openai-chat', access: 'admin' },
  { method: 'PATCH', path: '/admin/settings', function: 'admin-settings', dialect: 'openai-chat', access: 'admin' },
  {
    method: 'GET',
    path: '/admin/settings/history',
    function: 'admin-settings',
    dialect: 'openai-chat',
    access: 'admin',
  },
  { method: 'POST', path: '/admin/settings/undo', function: 'admin-settings', dialect: 'openai-chat', access: 'admin' },
  { method: 'GET', path: '/admin/audit', function: 'admin-accounts', dialect: 'openai-chat', access: 'admin' },
  { method: 'GET', path: '/admin/audit/verify', function: 'admin-accounts', dialect: 'openai-chat', access: 'admin' },
];
