import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import { readProxyUrl } from '../../chat/proxy-url.ts';
import { whyNotLive } from '../../live-settings/why-not-live.ts';
import { type Environment, InvalidSettingsError, problemOf, Settings } from '../../read-settings.ts';
import { isSettingName, settings } from '../../settings.ts';

type Values = Readonly<Record<string, string>>;

/** A change of live settings that somebody wants. */
interface WantedChange {
  /** Of the settings that are to change. */
  readonly names: readonly string[];
  /** All live settings, as they are and as they would be. */
  readonly before: Values;
  readonly after: Values;
  /** As the functions would have it then. */
  readonly environment: Environment;
}

/** Checks new values as the start of a function would. @throws InvalidRequestError naming each setting that is wrong. */
export function checkValues({ names, before, after, environment }: WantedChange): void {
  const problems = names.flatMap((name) => {
    // What another version of the gateway has stored can be taken away, if no more.
    if (after[name] === undefined && Object.hasOwn(before, name)) return [];
    return nameProblem(name) ?? valueProblem(name, after[name]);
  });
  if (problems.length > 0) throw refusal(names, problems);
  const together = problemsTogether(environment);
  if (together.length > 0) throw refusal(names, together);
}

/** What shows only when the values are used. */
function problemsTogether(environment: Environment): readonly string[] {
  try {
    const read = new Settings(environment);
    const proxyUrl = read.text('PROXY_URL');
    const isProxy = proxyUrl === '' || works(() => readProxyUrl(proxyUrl));
    const isZone = works(() => new Intl.DateTimeFormat('en', { timeZone: read.text('TIME_ZONE') }));
    return [
      ...(isProxy ? [] : ['PROXY_URL must be the URL of a proxy.']),
      ...(isZone ? [] : ['TIME_ZONE must be the name of a time zone, such as `Asia/Shanghai`.']),
    ];
  } catch (error) {
    if (error instanceof InvalidSettingsError) return error.problems;
    throw error;
  }
}

function works(use: () => unknown): boolean {
  try {
    use();
    return true;
  } catch {
    return false;
  }
}

function nameProblem(name: string): readonly string[] | undefined {
  if (!isSettingName(name)) return [`${name.slice(0, 100)} is no setting; GET /admin/settings lists what there is.`];
  const reason = whyNotLive(name);
  return reason === undefined ? undefined : [`${name} can’t be changed while the gateway runs. ${reason}`];
}

function valueProblem(name: string, value: string | undefined): readonly string[] {
  if (!isSettingName(name) || value === undefined) return [];
  const setting = settings[name];
  // An empty text lets the default count, whatever the environment has.
  if (value === '' && setting.type === 'text') return [];
  return problemOf(name, setting, value);
}

function refusal(names: readonly string[], problems: readonly string[]): InvalidRequestError {
  const named = names.find((name) => problems.some((problem) => problem.startsWith(`${name.slice(0, 100)} `)));
  return new InvalidRequestError(problems.join(' '), { param: (named ?? names[0] ?? 'values').slice(0, 100) });
}
