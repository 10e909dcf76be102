import type { Agent } from '../clients/agent.ts';

/** What the runs give to the agent, as a person would write it. */
export function settingsSection(agent: Agent): string {
  const settings = agent.settingsFor({
    gatewayUrl: 'http://127.0.0.1:3264',
    apiKey: 'sk-...',
    model: 'qwen3.7-plus',
    prompt: 'Make greet.txt kinder.',
  });
  const files = Object.entries(settings.files).map(
    ([path, text]) => `\`~/${path}\`:\n\n\`\`\`${languageOf(path)}\n${text.trimEnd()}\n\`\`\`\n`,
  );
  const variables = Object.entries(settings.variables).map(([name, value]) => `export ${name}=${value}`);
  const command = [agent.command, ...settings.arguments.map(quoted)].join(' ');
  return [...files, `\`\`\`sh\n${[...variables, command].join('\n')}\n\`\`\`\n`].join('\n');
}

function languageOf(path: string): string {
  return path.split('.').at(-1) ?? '';
}

function quoted(argument: string): string {
  return argument.includes(' ') ? `'${argument}'` : argument;
}
