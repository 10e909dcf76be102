import type { Agent } from './agent.ts';

/** opencode with the provider for OpenAI's chat completions. */
export const opencode: Agent = {
  name: 'opencode',
  title: 'opencode',
  package: 'opencode-ai',
  version: '1.18.33',
  command: 'opencode',
  settingsFor: ({ gatewayUrl, apiKey, model = 'qwen3.7-plus', prompt }) => ({
    arguments: ['run', '--model', `qwen-gateway/${model}`, prompt],
    variables: { QWEN_GATEWAY_KEY: apiKey, OPENCODE_DISABLE_AUTOUPDATE: '1', OPENCODE_DISABLE_MODELS_FETCH: '1' },
    files: { '.config/opencode/opencode.json': `${JSON.stringify(settings(gatewayUrl, model), null, 2)}\n` },
  }),
};

function settings(gatewayUrl: string, model: string): object {
  return {
    $schema: 'https://opencode.ai/config.json',
    autoupdate: false,
    share: 'disabled',
    provider: {
      'qwen-gateway': {
        npm: '@ai-sdk/openai-compatible',
        name: 'qwen-gateway',
        options: { baseURL: `${gatewayUrl}/v1`, apiKey: '{env:QWEN_GATEWAY_KEY}' },
        models: { [model]: { name: model, limit: { context: 1_000_000, output: 65_536 } } },
      },
    },
  };
}
