import type { SettingName } from '../../shared/settings.ts';

/** A setting that one of the source projects documents: the name that it has here, or why there is none. */
export interface SourceSetting {
  readonly name: string;
  readonly here?: readonly SettingName[];
  readonly words: string;
}

/** Every documented setting of the source projects. */
export const sourceSettings: readonly SourceSetting[] = [
  { name: 'API_KEY', here: ['API_KEY'], words: 'the first is the admin key; without one the gateway is closed' },
  { name: 'API_KEYS', here: ['API_KEYS'], words: 'keys can be made on the running gateway, too' },
  { name: 'QWEN_TOKEN', here: ['QWEN_TOKEN'], words: 'imported into the table, encrypted' },
  { name: 'QWEN_TOKENS', here: ['QWEN_TOKENS'], words: 'imported into the table, encrypted' },
  { name: 'ACCOUNTS', here: ['ACCOUNTS'], words: 'imported into the table, encrypted' },
  { name: 'BATCH_LOGIN_CONCURRENCY', here: ['BATCH_LOGIN_CONCURRENCY'], words: 'an import may say otherwise' },
  { name: 'OUTPUT_THINK', here: ['OUTPUT_THINK'], words: 'thinking has its own field, never tags in the text' },
  { name: 'SEARCH_INFO_MODE', here: ['SEARCH_INFO_MODE'], words: '`annotations` is new, and the default' },
  { name: 'SIMPLE_MODEL_MAP', here: ['SIMPLE_MODEL_MAP'], words: 'the same' },
  { name: 'QWEN_CHAT_PROXY_URL', here: ['QWEN_CHAT_PROXY_URL'], words: 'the same' },
  { name: 'PROXY_URL', here: ['PROXY_URL'], words: 'accounts may have their own, with user name and password' },
  { name: 'LOG_LEVEL', here: ['LOG_LEVEL'], words: 'in lower case' },
  { name: 'PORT', here: ['PORT'], words: 'on a laptop; a deployed function has no port' },
  { name: 'SERVICE_PORT', here: ['PORT'], words: 'on a laptop; a deployed function has no port' },
  { name: 'HOST', here: ['HOST'], words: 'on a laptop' },
  { name: 'LISTEN_ADDRESS', here: ['HOST'], words: 'on a laptop' },
  { name: 'TZ', here: ['TIME_ZONE'], words: 'says when a day of budgets and usage begins' },
  {
    name: 'CACHE_MODE',
    words: 'files that an account holds are remembered in the table, for all functions; there is nothing to choose',
  },
  { name: 'DATA_SAVE_MODE', words: 'state is in the one table, on AWS and on a laptop' },
  { name: 'REDIS_URL', words: 'there is no Redis: it would cost money while nobody calls' },
  { name: 'ENABLE_FILE_LOG', words: 'logs go to the console, and from there to CloudWatch' },
  { name: 'LOG_DIR', words: 'there are no log files' },
  { name: 'MAX_LOG_FILE_SIZE', words: 'there are no log files' },
  {
    name: 'MAX_LOG_FILES',
    words: 'CloudWatch keeps logs for 14 days, or as many as `-c logRetentionDays=` says at the deployment',
  },
  { name: 'PM2_INSTANCES', words: 'Lambda runs as many functions as there are requests; a laptop needs one process' },
  { name: 'PM2_MAX_MEMORY', words: 'each function’s memory is measured, and stands in `shared/routes.ts`' },
  { name: 'MEMORY_LIMIT', words: 'of a container; each function’s memory stands in `shared/routes.ts`' },
  { name: 'MEMORY_SWAP', words: 'of a container; functions have no swap' },
  { name: 'SKIP_ACCOUNT_MENU', words: 'nothing asks at the start: accounts are managed on the running gateway' },
  {
    name: 'QWEN_CLI_PROXY_URL',
    words: 'the second upstream of the source, for coding tools, is not part of the gateway',
  },
  { name: 'HOST_PORT', words: 'of a script that starts a container; there is none' },
  { name: 'IMAGE_NAME', words: 'of a script that starts a container; there is none' },
  { name: 'AUTO_BUILD', words: 'of a script that starts a container; bundles are made when a source has changed' },
];
