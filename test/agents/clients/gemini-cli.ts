import type { Agent } from './agent.ts';

/** Google's agent: `POST /v1beta/models/{model}:streamGenerateContent`. */
export const geminiCli: Agent = {
  name: 'gemini-cli',
  title: 'Gemini CLI',
  package: '@google/gemini-cli',
  version: '0.61.0',
  command: 'gemini',
  hasOwnModels: true,
  settingsFor: ({ gatewayUrl, apiKey, model, prompt }) => ({
    arguments: [...(model === undefined ? [] : ['-m', model]), '--approval-mode', 'yolo', '-p', prompt],
    variables: {
      GOOGLE_GEMINI_BASE_URL: gatewayUrl,
      GEMINI_API_KEY: apiKey,
      GEMINI_CLI_TRUST_WORKSPACE: 'true',
    },
    files: { '.gemini/settings.json': `${JSON.stringify(settings, null, 2)}\n` },
  }),
};

const settings = {
  security: { auth: { selectedType: 'gemini-api-key' } },
  privacy: { usageStatisticsEnabled: false },
  general: { enableAutoUpdate: false, enableAutoUpdateNotification: false },
};
