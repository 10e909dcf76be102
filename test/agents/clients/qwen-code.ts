import type { Agent } from './agent.ts';

/** Qwen's own agent: `POST /v1/chat/completions`. Its second agent, for memory, stays on. */
export const qwenCode: Agent = {
  name: 'qwen-code',
  title: 'Qwen Code',
  package: '@qwen-code/qwen-code',
  version: '0.24.4',
  command: 'qwen',
  settingsFor: ({ gatewayUrl, apiKey, model, prompt }) => ({
    arguments: ['--approval-mode', 'yolo', '-p', prompt],
    variables: { OPENAI_BASE_URL: `${gatewayUrl}/v1`, OPENAI_API_KEY: apiKey, ...(model && { OPENAI_MODEL: model }) },
    files: { '.qwen/settings.json': `${JSON.stringify(settings, null, 2)}\n` },
  }),
};

const settings = {
  security: { auth: { selectedType: 'openai' } },
  privacy: { usageStatisticsEnabled: false },
  general: { enableAutoUpdate: false },
};
