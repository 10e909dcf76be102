import type { Environment } from '../shared/read-settings.ts';
import { type Setting, settings } from '../shared/settings.ts';
import { dummyCredentials } from './store/dummy-credentials.ts';
import type { StoreAddress } from './store/store-process.ts';

const table: readonly (readonly [string, Setting])[] = Object.entries(settings);

/**
 * The environment variables of every function: the settings that the owner gave, what the stack gives, and the way to
 * the local store. Secrets are never among them; they reach functions through the table only, as on AWS.
 *
 * @param given the owner's environment.
 * @param fromStack TABLE_NAME and the like.
 */
export function functionVariables(
  given: Environment,
  fromStack: Readonly<Record<string, string>>,
  store: StoreAddress,
): Record<string, string> {
  const chosen = pick(given, (setting) => setting.readBy === 'functions' && !setting.secret);
  return {
    ...chosen,
    ...fromStack,
    ...dummyCredentials,
    AWS_ENDPOINT_URL_DYNAMODB: store.tableUrl,
    AWS_ENDPOINT_URL_SSM: store.parameterUrl,
    AWS_ENDPOINT_URL_S3: store.objectUrl,
  };
}

/** The settings that only the import reads: accounts and keys. */
export function importVariables(given: Environment): Record<string, string> {
  return pick(given, (setting) => setting.readBy === 'import');
}

/** Whether a variable must not be seen by functions: a setting that is not theirs, or the owner's own AWS settings. */
export function isHiddenFromFunctions(name: string): boolean {
  const setting = table.find(([known]) => known === name)?.[1];
  return name.startsWith('AWS_') || setting?.secret === true || setting?.readBy === 'import';
}

function pick(given: Environment, wanted: (setting: Setting) => boolean): Record<string, string> {
  const entries = table.flatMap(([name, setting]) => {
    const value = given[name];
    return value !== undefined && wanted(setting) ? [[name, value] as const] : [];
  });
  return Object.fromEntries(entries);
}
