import type { Agent } from './agent.ts';

/** Anthropic's agent: `POST /v1/messages`. */
export const claudeCode: Agent = {
  name: 'claude-code',
  title: 'Claude Code',
  package: '@anthropic-ai/claude-code',
  version: '2.1.330',
  command: 'claude',
  hiddenTools: ['DeferredToolPlaceholder'],
  hasOwnModels: true,
  settingsFor: ({ gatewayUrl, apiKey, model, prompt }) => ({
    arguments: ['-p', prompt, '--permission-mode', 'acceptEdits'],
    variables: {
      ANTHROPIC_BASE_URL: gatewayUrl,
      ANTHROPIC_API_KEY: apiKey,
      ...(model === undefined ? {} : modelVariables(model)),
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      DISABLE_AUTOUPDATER: '1',
    },
    files: {},
  }),
};

function modelVariables(model: string): Record<string, string> {
  return {
    ANTHROPIC_MODEL: model,
    ANTHROPIC_SMALL_FAST_MODEL: model,
  };
}
