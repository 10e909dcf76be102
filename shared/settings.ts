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
  readonly form?: { readonly pattern: Pick<RegExp, 'test'>; readonly words: string };
  /** Whether the value must never be printed, put in a template or sent to a function's environment. */
  readonly secret?: boolean;
  /** Whether it means nothing good on AWS, so that a deployment leaves it out. */
  readonly laptopOnly?: true;
  /** Who reads it: the functions, the laptop's runtime, or the importer that fills the table. */
  readonly readBy: 'functions' | 'local' | 'import';
  /** Where pages of settings show it. */
  readonly group: SettingGroup;
  /** Why the running gateway can't take another value, when nothing else of this entry says so. */
  readonly fixed?: string;
}

/** Parts of a page of settings, in its order. */
export const settingGroups = [
  'access',
  'upstream',
  'models',
  'answers',
  'conversations',
  'accounts',
  'storage',
  'videos',
  'webhooks',
  'operation',
] as const;

type SettingGroup = (typeof settingGroups)[number];

/** How long CloudFront waits for the first byte of an answer, and for each further one. */
export const edgeReadTimeoutSeconds = 60;

const define = <const T extends Record<string, Setting>>(table: T): T => table;

/** Every setting, by its name in the environment or in `.env`. docs/settings.md is made from this table. */
export const settings = define({
  QWEN_TOKEN: {
    type: 'text',
    group: 'accounts',
    default: '',
    secret: true,
    readBy: 'import',
    meaning: 'Token of one chat.qwen.ai account: the value named `token` in the site’s local storage.',
  },
  QWEN_TOKENS: {
    type: 'list',
    group: 'accounts',
    default: '',
    secret: true,
    readBy: 'import',
    meaning: 'Tokens of several accounts, comma-separated.',
  },
  ACCOUNTS: {
    type: 'list',
    group: 'accounts',
    default: '',
    secret: true,
    readBy: 'import',
    meaning: 'Accounts as `email:password`, comma-separated; the gateway signs in when it needs a token.',
  },
  API_KEY: {
    type: 'list',
    group: 'access',
    default: '',
    secret: true,
    readBy: 'import',
    meaning: 'Gateway keys, comma-separated. The first is the admin key.',
  },
  API_KEYS: {
    type: 'list',
    group: 'access',
    default: '',
    secret: true,
    readBy: 'import',
    meaning: 'More gateway keys. The first is the admin key when API_KEY is not set.',
  },
  OPEN_MODE: {
    type: 'boolean',
    group: 'access',
    default: 'false',
    readBy: 'functions',
    meaning: 'Serve callers without a key, with the rights of a user key. For a trusted network only.',
  },
  PUBLIC_MODELS: {
    type: 'boolean',
    group: 'access',
    default: 'false',
    readBy: 'functions',
    meaning: 'Answer `GET /models` without a key.',
  },
  PASS_THROUGH_TOKENS: {
    type: 'boolean',
    group: 'access',
    default: 'false',
    readBy: 'functions',
    meaning:
      'Serve callers who send chat.qwen.ai tokens of their own in place of a key, with these tokens and the rights of a user key.',
  },
  QWEN_CHAT_PROXY_URL: {
    type: 'text',
    group: 'upstream',
    default: 'https://chat.qwen.ai',
    fixed: 'The accounts’ tokens go there: an admin key alone must not lead them elsewhere.',
    readBy: 'functions',
    meaning: 'Base URL of the upstream. Plain http is taken for loopback addresses only.',
  },
  PROXY_URL: {
    type: 'text',
    group: 'upstream',
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
    group: 'upstream',
    default: '',
    fixed: 'It belongs to QWEN_CHAT_PROXY_URL.',
    readBy: 'functions',
    meaning:
      'Name of a stand-in for the upstream, shown in `/api/status` and in the header `x-qwen-upstream`. `npm start` sets it for the simulator.',
  },
  SIMPLE_MODEL_MAP: {
    type: 'boolean',
    group: 'models',
    default: 'false',
    readBy: 'functions',
    meaning: 'List base models only, without their variants such as `-thinking`.',
  },
  DEFAULT_MODEL: {
    type: 'text',
    group: 'models',
    default: 'qwen3.7-plus',
    readBy: 'functions',
    meaning: 'Model of requests that name none (native form only), and of the errands that clients run on their own.',
  },
  MODEL_ALIASES: {
    type: 'text',
    group: 'models',
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
    group: 'models',
    default: '3600',
    minimum: 1,
    maximum: 86400,
    readBy: 'functions',
    meaning: 'How long the model catalogue is kept before it is asked for again.',
  },
  OUTPUT_THINK: {
    type: 'boolean',
    group: 'answers',
    default: 'true',
    readBy: 'functions',
    meaning: 'Pass the model’s thinking on, as `reasoning_content`.',
  },
  SEARCH_INFO_MODE: {
    type: 'choice',
    group: 'answers',
    default: 'annotations',
    choices: ['annotations', 'table', 'text'],
    readBy: 'functions',
    meaning:
      'How search sources are given: `url_citation` annotations only, or also as a Markdown table or a plain list at the end of the text.',
  },
  TOOL_CALL_FORMAT: {
    type: 'choice',
    group: 'answers',
    default: 'bracket',
    choices: ['bracket', 'tag', 'fence'],
    readBy: 'functions',
    meaning:
      'Markup in which models are asked to write tool calls: `[tool_call]`, `<tool_call>` or a code fence. When the platform intercepts one, the next is tried.',
  },
  CONVERSATIONS: {
    type: 'choice',
    group: 'conversations',
    default: 'auto',
    choices: ['auto', 'always-new', 'never-fold'],
    readBy: 'functions',
    meaning:
      'What is done with a conversation that a client sends again: continue its upstream chat where that is possible, put all of it into a new chat each time, or refuse what can’t be continued. A key may say otherwise.',
  },
  CONVERSATION_IDS: {
    type: 'choice',
    group: 'conversations',
    default: 'off',
    choices: ['off', 'field', 'id'],
    readBy: 'functions',
    meaning:
      'Whether chat completions tell the `conversation_id` by which a next request goes on with only what is new: in a field of their own, or as their `id`. Their chats are then kept as those of the native form.',
  },
  CONVERSATION_MINUTES: {
    type: 'integer',
    group: 'conversations',
    default: '60',
    minimum: 15,
    maximum: 43200,
    readBy: 'functions',
    meaning:
      'How long an upstream chat waits at least for the next turn of its conversation. Afterwards it is deleted, unless `KEEP_CHATS` is set.',
  },
  KEEP_CHATS: {
    type: 'boolean',
    group: 'conversations',
    default: 'false',
    readBy: 'functions',
    meaning:
      'Keep the upstream chats that the gateway creates for single answers, instead of deleting them afterwards.',
  },
  CHAT_TITLE: {
    type: 'text',
    group: 'conversations',
    default: 'OpenAI API Chat',
    readBy: 'functions',
    meaning: 'Title of the upstream chats that the gateway creates.',
  },
  CLEANUP_OLDER_DAYS: {
    type: 'integer',
    group: 'conversations',
    default: '0',
    minimum: 0,
    maximum: 3650,
    readBy: 'functions',
    meaning:
      'Delete kept chats that were not used for so many days. Once a day, each key’s chats on their own; 0 leaves it.',
  },
  CLEANUP_USER_MESSAGES: {
    type: 'integer',
    group: 'conversations',
    default: '0',
    minimum: 0,
    maximum: 1000,
    readBy: 'functions',
    meaning: 'The same for kept chats with fewer messages of users.',
  },
  CLEANUP_MESSAGES: {
    type: 'integer',
    group: 'conversations',
    default: '0',
    minimum: 0,
    maximum: 1000,
    readBy: 'functions',
    meaning: 'The same for kept chats with fewer messages.',
  },
  CLEANUP_MAX_CHATS: {
    type: 'integer',
    group: 'conversations',
    default: '0',
    minimum: 0,
    maximum: 100000,
    readBy: 'functions',
    meaning: 'The same for all but so many of a key’s chats, those that were used last.',
  },
  FIRST_EVENT_SECONDS: {
    type: 'integer',
    group: 'answers',
    default: '20',
    minimum: 1,
    maximum: 110,
    readBy: 'functions',
    meaning:
      'How long the status of a streamed answer is held back for the first visible event. Then the stream opens, and is kept alive with empty events.',
  },
  IDLE_EVENT_SECONDS: {
    type: 'integer',
    group: 'answers',
    default: '12',
    minimum: 1,
    maximum: 15,
    readBy: 'functions',
    meaning: 'After how much silence an open stream gets the dialect’s empty event.',
  },
  UPSTREAM_IDLE_SECONDS: {
    type: 'integer',
    group: 'upstream',
    default: '180',
    minimum: 1,
    maximum: 840,
    readBy: 'functions',
    meaning: 'After how much silence of the upstream an answer is given up as stalled.',
  },
  MESSAGE_BYTES: {
    type: 'integer',
    group: 'upstream',
    default: '110000',
    minimum: 20_000,
    maximum: 117_000,
    readBy: 'functions',
    meaning:
      'Bytes of a request to the upstream above which the older part of the conversation goes up as text files. The site asks for a verification above 117,000.',
  },
  ACCOUNT_MAX_IN_FLIGHT: {
    type: 'integer',
    group: 'accounts',
    default: '1',
    minimum: 1,
    maximum: 8,
    readBy: 'functions',
    meaning: 'How many requests one account serves at once, over all functions.',
  },
  ACCOUNT_SPACING_MS: {
    type: 'integer',
    group: 'accounts',
    default: '3000',
    minimum: 0,
    maximum: 600000,
    readBy: 'functions',
    meaning:
      'Milliseconds from the beginning of one request of an account to the next. `npm start` sets 0 for the simulator.',
  },
  ACCOUNT_WAIT_SECONDS: {
    type: 'integer',
    group: 'accounts',
    default: '30',
    minimum: 0,
    maximum: 300,
    readBy: 'functions',
    meaning: 'How long a request waits in line while every account that could serve is busy. Then it gets a 429.',
  },
  ACCOUNT_LEASE_SECONDS: {
    type: 'integer',
    group: 'accounts',
    default: '60',
    minimum: 5,
    maximum: 900,
    readBy: 'functions',
    meaning:
      'How long an account stays taken when its function was killed. Answers that take longer go on: a function that lives renews its lease.',
  },
  RESPONSE_KEEP_DAYS: {
    type: 'integer',
    group: 'storage',
    default: '30',
    minimum: 1,
    maximum: 365,
    readBy: 'functions',
    meaning: 'How many days responses of `POST /v1/responses` are kept, unless their request says `store: false`.',
  },
  RESULT_DAYS: {
    type: 'integer',
    group: 'storage',
    default: '7',
    minimum: 0,
    maximum: 365,
    readBy: 'functions',
    meaning:
      'How many days videos and pictures that were made stay in the owner’s bucket. 0: they are not copied there, and links lead to the upstream’s own copy.',
  },
  FILE_DAYS: {
    type: 'integer',
    group: 'storage',
    default: '30',
    minimum: 1,
    maximum: 365,
    readBy: 'functions',
    meaning: 'How many days files of callers stay in the owner’s bucket, unless they are to expire sooner.',
  },
  VIDEO_KEEP_DAYS: {
    type: 'integer',
    group: 'videos',
    default: '30',
    minimum: 1,
    maximum: 365,
    readBy: 'functions',
    meaning: 'How many days the gateway remembers videos and their prompts.',
  },
  VIDEO_POLL_SECONDS: {
    type: 'integer',
    group: 'videos',
    default: '5',
    minimum: 1,
    maximum: 60,
    readBy: 'functions',
    meaning:
      'Seconds before the first look at a video that is being made. Each next wait is longer by as much, up to nine times. `npm start` sets 1 for the simulator.',
  },
  VIDEO_LIMIT_MINUTES: {
    type: 'integer',
    group: 'videos',
    default: '30',
    minimum: 1,
    maximum: 240,
    readBy: 'functions',
    meaning: 'After how many minutes a video that the upstream does not finish is given up.',
  },
  WEBHOOK_URL: {
    type: 'text',
    group: 'webhooks',
    default: '',
    form: { pattern: /^https?:\/\/\S+$/i, words: 'an http(s) URL' },
    readBy: 'functions',
    meaning:
      'Where the ends of videos are told, unless a request has a `webhook_url` of its own. Needs WEBHOOK_SECRET.',
  },
  WEBHOOK_SECRET: {
    type: 'text',
    group: 'webhooks',
    default: '',
    secret: true,
    form: {
      pattern: /^whsec_[A-Za-z0-9+/]{32,}={0,2}$/,
      words: '`whsec_` and at least 24 bytes in base64, as `echo whsec_$(openssl rand -base64 32)` makes it',
    },
    readBy: 'import',
    meaning:
      'What webhooks are signed with: `whsec_` and at least 24 bytes in base64, as `echo whsec_$(openssl rand -base64 32)` makes it. Without it there are no webhooks.',
  },
  WEBHOOK_RETRY_SECONDS: {
    type: 'integer',
    group: 'webhooks',
    default: '10',
    minimum: 1,
    maximum: 20,
    readBy: 'functions',
    meaning:
      'Seconds from the first try of a webhook to the second. The next waits are 6, 30 and 270 times as long; then it is given up.',
  },
  WEBHOOK_PRIVATE: {
    type: 'boolean',
    group: 'webhooks',
    default: 'false',
    laptopOnly: true,
    readBy: 'functions',
    meaning:
      'Send webhooks also by http, to this machine and to private networks, as `http://localhost:8080/`. For a laptop whose keys you alone have; a deployment leaves it out.',
  },
  MAX_BODY_BYTES: {
    type: 'integer',
    group: 'access',
    default: '6000000',
    minimum: 1000,
    maximum: 6291456,
    readBy: 'functions',
    meaning: 'Largest request body. Lambda itself ends at 6 MB.',
  },
  BATCH_LOGIN_CONCURRENCY: {
    type: 'integer',
    group: 'accounts',
    default: '5',
    minimum: 1,
    maximum: 20,
    readBy: 'functions',
    meaning: 'How many accounts of a bulk import sign in at once, when the import itself does not say.',
  },
  ORIGIN_SECRET: {
    type: 'text',
    group: 'access',
    default: '',
    secret: true,
    readBy: 'functions',
    meaning: 'What the edge sends in `x-origin-secret`. Set by the stack when it has an edge; nothing to set by hand.',
  },
  SETTINGS_CACHE_SECONDS: {
    type: 'integer',
    group: 'operation',
    default: '10',
    minimum: 0,
    maximum: 60,
    fixed: 'It says how settings that are changed are found.',
    readBy: 'functions',
    meaning:
      'After how many seconds a function looks whether settings were changed on the running gateway. 0: before every request, which then waits for the table.',
  },
  TIME_ZONE: {
    type: 'text',
    group: 'operation',
    default: 'UTC',
    form: { pattern: { test: isTimeZone }, words: 'the name of a time zone, such as `Asia/Shanghai`' },
    readBy: 'functions',
    meaning: 'Time zone of the days and months that usage and budgets are counted by, such as `Asia/Shanghai`.',
  },
  RECORD_CONTENT_UNTIL: {
    type: 'text',
    group: 'operation',
    default: '',
    form: {
      pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/,
      words: 'a time as `2027-01-31T12:00:00Z`',
    },
    readBy: 'functions',
    meaning:
      'Until when requests and answers of chats and pictures are kept word for word, for `GET /admin/requests/{id}`: a time as `2027-01-31T12:00:00Z`, at most 7 days ahead; one that is further ahead counts as none. They are deleted after 7 days. Empty: nothing is kept.',
  },
  LOG_LEVEL: {
    type: 'choice',
    group: 'operation',
    default: 'info',
    choices: ['debug', 'info', 'warn', 'error'],
    readBy: 'functions',
    meaning: 'Least severity of log lines.',
  },
  PORT: {
    type: 'integer',
    group: 'operation',
    default: '3264',
    minimum: 0,
    maximum: 65535,
    readBy: 'local',
    meaning: 'Port of the laptop’s front door; 0 takes a free one.',
  },
  HOST: {
    type: 'text',
    group: 'operation',
    default: '127.0.0.1',
    readBy: 'local',
    meaning: 'Address the front door listens on.',
  },
  STATE_FOLDER: {
    type: 'text',
    group: 'operation',
    default: '.local',
    readBy: 'local',
    meaning: 'Where the laptop’s runtime keeps its tables and its secret key.',
  },
});

export type SettingName = keyof typeof settings;

/** Whether the runtime knows the zone, be it by an old name. */
function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(settings, name);
}
