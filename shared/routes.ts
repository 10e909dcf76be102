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

/** Every function, read by the infrastructure, the bundler and the local runtime. */
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
} as const satisfies Record<string, FunctionSpec>;

export type FunctionName = keyof typeof functions;

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
];
