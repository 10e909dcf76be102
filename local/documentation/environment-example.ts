import { type Setting, settings } from '../../shared/settings.ts';

/** `.env.example`, made from the table of settings: every line is a default, commented out. */
export function renderEnvironmentExample(): string {
  const entries: readonly (readonly [string, Setting])[] = Object.entries(settings);
  const lines = entries.map(([name, { meaning, default: value }]) => `# ${meaning}\n#${name}=${value}\n`);
  return `# Copy to .env and take the # off what you set. Made by \`npm run docs\`.\n\n${lines.join('\n')}`;
}
