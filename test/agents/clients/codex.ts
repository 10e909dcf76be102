import type { Agent } from './agent.ts';

/** OpenAI's agent: `POST /v1/responses`. */
export const codex: Agent = {
  name: 'codex',
  title: 'Codex',
  package: '@openai/codex',
  version: '0.169.0',
  command: 'codex',
  hasOwnModels: true,
  settingsFor: ({ gatewayUrl, apiKey, model, prompt }) => ({
    arguments: ['exec', '--skip-git-repo-check', '--sandbox', 'danger-full-access', prompt],
    variables: { QWEN_GATEWAY_KEY: apiKey },
    files: { '.codex/config.toml': configuration(gatewayUrl, model) },
  }),
};

function configuration(gatewayUrl: string, model: string | undefined): string {
  return [
    ...(model === undefined ? [] : [`model = "${model}"`, 'model_context_window = 1000000']),
    'model_provider = "qwen-gateway"',
    'check_for_update_on_startup = false',
    '',
    '[analytics]',
    'enabled = false',
    '',
    '[model_providers.qwen-gateway]',
    'name = "qwen-gateway"',
    `base_url = "${gatewayUrl}/v1"`,
    'env_key = "QWEN_GATEWAY_KEY"',
    'wire_api = "responses"',
    '',
  ].join('\n');
}
