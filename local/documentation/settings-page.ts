import { whyNotLive } from '../../shared/live-settings/why-not-live.ts';
import { isSettingName, type Setting, settings } from '../../shared/settings.ts';
import { type SourceSetting, sourceSettings } from './source-settings.ts';

const readers = {
  functions: 'the functions, on AWS and on a laptop. A deployed stack takes them from the environment of `cdk deploy`',
  import: '`npm start`, `npm run dev` and `npm run import`, which put them into the table. They never reach a function',
  local: 'the laptop’s runtime only',
} as const satisfies Record<Setting['readBy'], string>;

/** docs/settings.md, made from the table of settings so that the two can't differ. */
export function renderSettingsPage(): string {
  const entries: readonly (readonly [string, Setting])[] = Object.entries(settings);
  const sections = Object.entries(readers).map(([reader, meaning]) => {
    const rows = entries.filter(([, { readBy }]) => readBy === reader).map(([name, setting]) => row(name, setting));
    return `## Read by ${meaning}\n\n| setting | value | default | live | meaning |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`;
  });
  return `# Settings

Made from \`shared/settings.ts\` by \`npm run docs\`.

Settings come from the environment, or from a file \`.env\` in the project’s folder; the environment wins. A value that
is not allowed stops the start with a line that names it.

Settings that are live can be changed while the gateway runs, and go before the environment then:
[live settings](guides/live-settings.md).

${sections.join('\n')}
## What is fixed, and why

${reasons()}

## Settings of other projects

Whoever comes from one of the projects that the gateway learned from finds here what became of each of their documented settings.

| setting there | here | |
| --- | --- | --- |
${sourceSettings.map(sourceRow).join('\n')}
`;
}

/** What can't be changed while the gateway runs, though functions read it and it is no secret. */
function reasons(): string {
  const fixed = Object.entries<Setting>(settings).filter(
    ([name, { readBy, secret }]) => readBy === 'functions' && secret !== true && reasonOf(name) !== undefined,
  );
  return fixed.map(([name]) => `- \`${name}\`: ${reasonOf(name)}`).join('\n');
}

function reasonOf(name: string): string | undefined {
  return isSettingName(name) ? whyNotLive(name) : undefined;
}

function sourceRow({ name, here, words }: SourceSetting): string {
  const names = here?.map((own) => `\`${own}\``).join(', ') ?? '–';
  return `| \`${name}\` | ${names} | ${words} |`;
}

function row(name: string, setting: Setting): string {
  const value = setting.default === '' ? '–' : `\`${setting.default}\``;
  const live = reasonOf(name) === undefined ? 'yes' : 'no';
  return `| \`${name}\` | ${form(setting)} | ${value} | ${live} | ${setting.meaning} |`;
}

function form(setting: Setting): string {
  switch (setting.type) {
    case 'choice':
      return (setting.choices ?? []).map((choice) => `\`${choice}\``).join(', ');
    case 'integer':
      return `${setting.minimum} to ${setting.maximum}`;
    case 'boolean':
      return '`true`, `false`';
    case 'list':
      return setting.secret ? 'secret, comma-separated' : 'comma-separated';
    case 'text':
      return setting.secret ? 'secret' : 'text';
  }
}
