/** How a setting's text is read. */
type SettingType = 'text' | 'boolean' | 'integer' | 'choice' | 'list';

/** One setting: everything that code, documentation and the deployment need to know of it. */
export interface Setting {
  readonly type: SettingType;
  /** In the form that the environment would have it. */
  readonly default: string;
  readonly meaning: string;
  readonly choices?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  /** What a text that is not empty must look like, and how to say so. */
  readonly form?: { readonly pattern: RegExp; readonly words: string };
  /** Whether the value must never be printed, put in a template or sent to a function's environment. */
  readonly secret?: boolean;
  /** Who reads it: the functions, the laptop's runtime, or the importer that fills the table. */
  readonly readBy: 'functions' | 'local' | 'import';
}

const define = <const T extends Record<string, Setting>>(table: T): T => table;

/** Every setting, by its name in the environment or in `.env`. docs/settings.md is made from this table. */
export const settings = define({
  QWEN_TOKEN: {
    type: 'text',
    default: '',
    secret: true,
    readBy: 'import',
    meaning: 'Token of one chat.qwen.ai account: the value named `token` in the site’s local storage.',
  },
  QWEN_TOKENS: {
    type: 'list',
    default: '',
    secret: true,
    readBy: 'import',
    meaning: 'Tokens of several accounts, comma-separated.',
  },
  ACCOUNTS: {
    type: 'list',
    default: '',
    secret: true,
    readBy: 'import',
    meaning: 'Accounts as `email:password`, comma-separated; the gateway signs in when it needs a token.',
  },
  API_KEY: {
    type: 'list',
    default: '',
    secret: true,
    readBy: 'import',
    meaning: 'Gateway keys, comma-separated. The first is the admin key.',
  },
  API_KEYS: {
    type: 'list',
    default: '',
    secret: true,
    readBy: 'import',
    meaning: 'More gateway keys. The first is the admin key when API_KEY is not set.',
  },
  OPEN_MODE: {
    type: 'boolean',
    default: 'false',
    readBy: 'functions',
    meaning: 'Serve callers without a key, with the rights of a user key. For a trusted network only.',
  },
  PUBLIC_MODELS: {
    type: 'boolean',
    default: 'false',
    readBy: 'functions',
    meaning: 'Answer `GET /models` without a key.',
  },
  PASS_THROUGH_TOKENS: {
    type: 'boolean',
    default: 'false',
    readBy: 'functions',
    meaning:
      'Serve callers who send chat.qwen.ai tokens of their own in place of a key, with these tokens and the rights of a user key.',
  },
  QWEN_CHAT_PROXY_URL: {
    type: 'text',
    default: 'https://chat.qwen.ai',
    readBy: 'functions',
    meaning: 'Base URL of the upstream. Plain http is taken for loopback addresses only.',
  },
  PROXY_URL: {
    type: 'text',
    default: '',
    form: {
      pattern: /^(?:https?|socks5):\/\/[\w.:[\]-]+\/?$/i,
      words:
        'http://host:port, https://host:port or socks5://host:port. A proxy that asks for a user name and password goes with the accounts, as their proxyUrl, where it is stored encrypted',
    },
    readBy: 'functions',
    meaning:
      'Outbound proxy for all calls to the upstream: `http://host:port`, `https://host:port` or `socks5://host:port`. Accounts may have their own.',
  },
  UPSTREAM_LABEL: {
    type: 'text',
    default: '',
    readBy: 'functions',
    meaning:
      'Name of a stand-in for the upstream, shown in `/api/status` and in the header `x-qwen-upstream`. `npm start` sets it for the simulator.',
  },
  SIMPLE_MODEL_MAP: {
    type: 'boolean',
    default: 'false',
    readBy: 'functions',
    meaning: 'List base models only, without their variants such as `-thinking`.',
  },
  DEFAULT_MODEL: {
    type: 'text',
    default: 'qwen3.7-plus',
    readBy: 'functions',
    meaning: 'Model of requests that name none (native form only), and of the errands that clients run on their own.',
  },
  MODEL_ALIASES: {
    type: 'text',
    default: '',
    form: {
      pattern: /^[\w.:/@*-]+ *= *[^=,]+?(?: *, *[\w.:/@*-]+ *= *[^=,]+?)* *,?$/,
      words: 'pattern=model, comma-separated, as gpt-*=qwen3.7-plus',
    },
    readBy: 'functions',
    meaning:
      'Foreign model names and what they mean, as `gpt-*=qwen3.7-plus`, comma-separated; the first that fits counts. Holds until `PUT /admin/model-aliases` sets others.',
  },
  MODEL_CACHE_SECONDS: {
    type: 'integer',
    default: '3600',
    minimum: 1,
    maximum: 86400,
    readBy: 'functions',
    meaning: 'How long the model catalogue is kept before it is asked for again.',
  },
  OUTPUT_THINK: {
    type: 'boolean',
    default: 'true',
    readBy: 'functions',
    meaning: 'Pass the model’s thinking on, as `reasoning_content`.',
  },
  SEARCH_INFO_MODE: {
    type: 'choice',
    default: 'annotations',
    choices: ['annotations', 'table', 'text'],
    readBy: 'functions',
    meaning:
      'How search sources are given: `url_citation` annotations only, or also as a Markdown table or a plain list at the end of the text.',
  },
  TOOL_CALL_FORMAT: {
    type: 'choice',
    default: 'bracket',
    choices: ['bracket', 'tag', 'fence'],
    readBy: 'functions',
    meaning:
      'Markup in which models are asked to write tool calls: `[tool_call]`, `<tool_call>` or a code fence. When the platform intercepts one, the next is tried.',
  },
  KEEP_CHATS: {
    type: 'boolean',
    default: 'false',
    readBy: 'functions',
    meaning:
      'Keep the upstream chats that the gateway creates for single answers, instead of deleting them afterwards.',
  },
  CHAT_TITLE: {
    type: 'text',
    default: 'OpenAI API Chat',
    readBy: 'functions',
    meaning: 'Title of the upstream chats that the gateway creates.',
  },
  FIRST_EVENT_SECONDS: {
    type: 'integer',
    default: '20',
    minimum: 1,
    maximum: 110,
    readBy: 'functions',
    meaning:
      'How long the status of a streamed answer is held back for the first visible event. Then the stream opens, and is kept alive with empty events.',
  },
  IDLE_EVENT_SECONDS: {
    type: 'integer',
    default: '12',
    minimum: 1,
    maximum: 15,
    readBy: 'functions',
    meaning: 'After how much silence an open stream gets the dialect’s empty event.',
  },
  UPSTREAM_IDLE_SECONDS: {
    type: 'integer',
    default: '180',
    minimum: 1,
    maximum: 840,
    readBy: 'functions',
    meaning: 'After how much silence of the upstream an answer is given up as stalled.',
  },
  ACCOUNT_MAX_IN_FLIGHT: {
    type: 'integer',
    default: '1',
    minimum: 1,
    maximum: 8,
    readBy: 'functions',
    meaning: 'How many requests one account serves at once, over all functions.',
  },
  ACCOUNT_SPACING_MS: {
    type: 'integer',
    default: '3000',
    minimum: 0,
    maximum: 600000,
    readBy: 'functions',
    meaning:
      'Milliseconds from the beginning of one request of an account to the next. `npm start` sets 0 for the simulator.',
  },
  ACCOUNT_WAIT_SECONDS: {
    type: 'integer',
    default: '30',
    minimum: 0,
    maximum: 300,
    readBy: 'functions',
    meaning: 'How long a request waits in line while every account that could serve is busy. Then it gets a 429.',
  },
  ACCOUNT_LEASE_SECONDS: {
    type: 'integer',
    default: '60',
    minimum: 5,
    maximum: 900,
    readBy: 'functions',
    meaning:
      'How long an account stays taken when its function was killed. Answers that take longer go on: a function that lives renews its lease.',
  },
  RESPONSE_KEEP_DAYS: {
    type: 'integer',
    default: '30',
    minimum: 1,
    maximum: 365,
    readBy: 'functions',
    meaning: 'How many days responses of `POST /v1/responses` are kept, unless their request says `store: false`.',
  },
  VIDEO_KEEP_DAYS: {
    type: 'integer',
    default: '30',
    minimum: 1,
    maximum: 365,
    readBy: 'functions',
    meaning: 'How many days the gateway remembers videos and their prompts.',
  },
  VIDEO_POLL_SECONDS: {
    type: 'integer',
    default: '5',
    minimum: 1,
    maximum: 60,
    readBy: 'functions',
    meaning:
      'Seconds before the first look at a video that is being made. Each next wait is longer by as much, up to nine times. `npm start` sets 1 for the simulator.',
  },
  VIDEO_LIMIT_MINUTES: {
    type: 'integer',
    default: '30',
    minimum: 1,
    maximum: 240,
    readBy: 'functions',
    meaning: 'After how many minutes a video that the upstream does not finish is given up.',
  },
  MAX_BODY_BYTES: {
    type: 'integer',
    default: '6000000',
    minimum: 1000,
    maximum: 6291456,
    readBy: 'functions',
    meaning: 'Largest request body. Lambda itself ends at 6 MB.',
  },
  BATCH_LOGIN_CONCURRENCY: {
    type: 'integer',
    default: '5',
    minimum: 1,
    maximum: 20,
    readBy: 'functions',
    meaning: 'How many accounts of a bulk import sign in at once, when the import itself does not say.',
  },
  ORIGIN_SECRET: {
    type: 'text',
    default: '',
    secret: true,
    readBy: 'functions',
    meaning: 'What the edge sends in `x-origin-secret`. Set by the stack when it has an edge; nothing to set by hand.',
  },
  LOG_LEVEL: {
    type: 'choice',
    default: 'info',
    choices: ['debug', 'info', 'warn', 'error'],
    readBy: 'functions',
    meaning: 'Least severity of log lines.',
  },
  PORT: {
    type: 'integer',
    default: '3264',
    minimum: 0,
    maximum: 65535,
    readBy: 'local',
    meaning: 'Port of the laptop’s front door; 0 takes a free one.',
  },
  HOST: {
    type: 'text',
    default: '127.0.0.1',
    readBy: 'local',
    meaning: 'Address the front door listens on.',
  },
  STATE_FOLDER: {
    type: 'text',
    default: '.local',
    readBy: 'local',
    meaning: 'Where the laptop’s runtime keeps its tables and its secret key.',
  },
});

export type SettingName = keyof typeof settings;
