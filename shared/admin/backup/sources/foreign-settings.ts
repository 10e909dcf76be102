import type { ModelAlias } from '../../../models/model-alias.ts';
import { readAliasSetting } from '../../../models/read-aliases.ts';
import { splitList } from '../../../read-settings.ts';
import { type Setting, settings } from '../../../settings.ts';
import { type ImportItem, skipped } from '../import-item.ts';

/** What other projects call our settings, in the environment and in files. */
const ourName: Readonly<Record<string, string>> = {
  LISTEN_ADDRESS: 'HOST',
  SERVICE_PORT: 'PORT',
  TZ: 'TIME_ZONE',
  MODEL_MAP: 'MODEL_ALIASES',
  MODELS_CACHE_TTL: 'MODEL_CACHE_SECONDS',
  outThink: 'OUTPUT_THINK',
  searchInfoMode: 'SEARCH_INFO_MODE',
  simpleModelMap: 'SIMPLE_MODEL_MAP',
  batchLoginConcurrency: 'BATCH_LOGIN_CONCURRENCY',
  modelMap: 'MODEL_ALIASES',
  modelsCacheTtl: 'MODEL_CACHE_SECONDS',
  logLevel: 'LOG_LEVEL',
  proxyUrl: 'PROXY_URL',
  qwenChatProxyUrl: 'QWEN_CHAT_PROXY_URL',
};

const oneTable = 'Everything is kept in one table, and lasts.';
const noFiles = 'Logs go to the standard output or to CloudWatch, not to files.';
const noProcesses = 'There are no processes to number or to limit: functions run on demand.';

/** Settings of other projects that mean nothing here, and why. */
const without: Readonly<Record<string, string>> = {
  DATA_SAVE_MODE: oneTable,
  REDIS_URL: oneTable,
  CACHE_MODE: oneTable,
  ENABLE_FILE_LOG: noFiles,
  LOG_DIR: noFiles,
  MAX_LOG_FILE_SIZE: noFiles,
  MAX_LOG_FILES: noFiles,
  SKIP_ACCOUNT_MENU: 'There is no menu at the start.',
  PM2_INSTANCES: noProcesses,
  PM2_MAX_MEMORY: noProcesses,
  MEMORY_LIMIT: noProcesses,
  MEMORY_SWAP: noProcesses,
  QWEN_CLI_PROXY_URL: 'The coding CLI’s upstream is not served.',
  ENABLE_CLI: 'The coding CLI’s upstream is not served.',
  autoRefresh: 'Tokens are renewed before they end, always.',
  autoRefreshInterval: 'Tokens are renewed before they end, always.',
};

export interface ForeignSettings {
  readonly settings: Readonly<Record<string, string>>;
  readonly aliases: readonly ModelAlias[];
  readonly refused: readonly ImportItem[];
}

/** Finds our settings among those of any project. Empty ones say nothing. Reasons repeat no value. */
export function readForeignSettings(entries: readonly (readonly [string, unknown])[]): ForeignSettings {
  const found: Record<string, string> = {};
  const aliases: ModelAlias[] = [];
  const refused: ImportItem[] = [];
  for (const [name, given] of entries) {
    const value = textOf(given);
    if (value === '') continue;
    const own = ourName[name] ?? name;
    const reason = value === undefined ? 'Its value is no text, number or yes and no.' : reasonAgainst(name, own);
    if (value === undefined || reason !== undefined) refused.push(skipped('setting', name.slice(0, 60), reason ?? ''));
    else if (own === 'MODEL_ALIASES') aliases.push(...inOurOrder(readAliasSetting(splitList(value))));
    else found[own] = inOurForm(own, value);
  }
  return { settings: found, aliases, refused };
}

function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function reasonAgainst(name: string, own: string): string | undefined {
  const dropped = without[name];
  if (dropped !== undefined) return dropped;
  const setting = settingOf(own);
  if (setting === undefined) return 'There is no such setting here.';
  if (setting.readBy === 'local') return `It is read by the laptop’s runtime alone: put ${own} into its .env.`;
  return setting.secret === true ? 'It is a secret of the deployment, and made by it.' : undefined;
}

function settingOf(name: string): Setting | undefined {
  return new Map<string, Setting>(Object.entries(settings)).get(name);
}

/** Words of a choice may be written in capitals elsewhere. */
function inOurForm(name: string, value: string): string {
  const { type, choices } = settingOf(name) ?? {};
  return type === 'boolean' || (type === 'choice' && choices?.includes(value) !== true) ? value.toLowerCase() : value;
}

/** Here the first that fits counts; elsewhere a whole name counts before a pattern. */
function inOurOrder(aliases: readonly ModelAlias[]): readonly ModelAlias[] {
  const isPattern = ({ pattern }: ModelAlias) => pattern.includes('*');
  return [...aliases.filter((alias) => !isPattern(alias)), ...aliases.filter(isPattern)];
}
