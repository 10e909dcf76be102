export const words = {
  title: 'Your Qwen accounts, spoken to by every AI tool',
  lead: 'qwen-gateway answers as OpenAI, Anthropic and Gemini do. Point a client at one of the addresses below, give it a key of this gateway, and it works unchanged.',
  version: 'Version',
  states: {
    ok: 'Working',
    unavailable: 'No account can serve now',
    no_accounts: 'No account yet',
    unknown: 'State unknown',
  },
  simulated: 'Simulator',
  simulatedNote:
    'Answers come from the built-in simulator, not from Qwen. Put an account into .env and start again to get real ones.',
  unavailableNote: 'All accounts rest, wait for a verification, or are out of use. The page of accounts tells why.',
  toSignIn: 'Sign in to manage',
  toAccounts: 'Manage accounts',
  toKeys: 'Make a key',
  addresses: 'Base URLs',
  native: 'Native form',
  keyNote: 'The key goes into Authorization: Bearer, x-api-key or x-goog-api-key, as your client likes it.',
  clients: 'Set up a client',
  intoShell: 'In a shell or a program',
  intoFile: (file: string) => `Into ${file}`,
  apps: 'Chat apps',
  app: 'App',
  place: 'Where to set it',
  address: 'Base URL',
  unofficial:
    'Unofficial, and not affiliated with Alibaba or Qwen. For personal use with your own accounts, under their terms and at your own risk.',
};

export type HomeWords = typeof words;
