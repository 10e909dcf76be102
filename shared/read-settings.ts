import { edgeReadTimeoutSeconds, type Setting, type SettingName, settings } from './settings.ts';

type NamesOf<Type extends Setting['type']> = {
  [Name in SettingName]: (typeof settings)[Name]['type'] extends Type ? Name : never;
}[SettingName];

/** Where settings come from: `process.env`, or a parsed `.env` beside it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A setting holds something it may not. Lists every such setting, so that they are mended in one go. */
export class InvalidSettingsError extends Error {
  override readonly name = 'InvalidSettingsError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`Invalid settings:\n- ${problems.join('\n- ')}`);
    this.problems = problems;
  }
}

/** The settings of one process, read and checked once. */
export class Settings {
  readonly #environment: Environment;

  /** @throws InvalidSettingsError naming every setting that is wrong. Values of secret settings are not repeated. */
  constructor(environment: Environment) {
    this.#environment = environment;
    const problems = Object.entries(settings).flatMap(([name, setting]) => {
      const value = this.#raw(name, setting);
      // Defaults are good, and looking at that of the time zone alone would take 12 ms of each cold start.
      return value === setting.default ? [] : problemOf(name, setting, value);
    });
    problems.push(...holdingProblem(this));
    if (problems.length > 0) throw new InvalidSettingsError(problems);
  }

  text(name: NamesOf<'text' | 'choice'>): string {
    return this.#raw(name, settings[name]);
  }

  boolean(name: NamesOf<'boolean'>): boolean {
    return this.#raw(name, settings[name]).toLowerCase() === 'true';
  }

  integer(name: NamesOf<'integer'>): number {
    return Number(this.#raw(name, settings[name]));
  }

  /** The entries of a comma-separated list, trimmed, without empty ones. */
  list(name: NamesOf<'list'>): readonly string[] {
    return splitList(this.#raw(name, settings[name]));
  }

  #raw(name: string, setting: Setting): string {
    const value = this.#environment[name]?.trim();
    return value === undefined || value === '' ? setting.default : value;
  }
}

/** Splits a comma-separated list; entries are trimmed and empty ones dropped. */
export function splitList(value = ''): readonly string[] {
  return value
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** What is wrong with a value, in words that name the setting. */
export function problemOf(name: string, setting: Setting, value: string): readonly string[] {
  switch (setting.type) {
    case 'boolean':
      return /^(true|false)$/i.test(value) ? [] : [`${name} must be true or false.`];
    case 'integer':
      return isIntegerWithin(value, setting)
        ? []
        : [`${name} must be a whole number from ${setting.minimum} to ${setting.maximum}.`];
    case 'choice':
      return setting.choices?.includes(value) ? [] : [`${name} must be one of ${setting.choices?.join(', ')}.`];
    case 'text':
      return value === '' || (setting.form?.pattern.test(value) ?? true)
        ? []
        : [`${name} must be ${setting.form?.words}.`];
    case 'list':
      return [];
  }
}

/** Behind the edge a stream must open before the edge gives up on it. */
function holdingProblem(settings: Settings): readonly string[] {
  if (settings.text('ORIGIN_SECRET') === '') return [];
  if (settings.integer('FIRST_EVENT_SECONDS') < edgeReadTimeoutSeconds) return [];
  return [`FIRST_EVENT_SECONDS must be below ${edgeReadTimeoutSeconds}: CloudFront gives up on silence then.`];
}

function isIntegerWithin(value: string, { minimum = 0, maximum = Number.MAX_SAFE_INTEGER }: Setting): boolean {
  return /^\d+$/.test(value) && Number(value) >= minimum && Number(value) <= maximum;
}
