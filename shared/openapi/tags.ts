/** The chapters of the document, in their order. */
export const tags = {
  'Chat completions': 'OpenAI’s chat completions.',
  Responses: 'OpenAI’s responses, also in the background.',
  Messages: 'Anthropic’s messages.',
  Gemini: 'Google’s generateContent.',
  'Native chat': 'The site’s own form: `chatId` and `parentId`.',
  Images: 'OpenAI’s images.',
  Videos: 'OpenAI’s videos: jobs that go on by themselves.',
  Files: 'OpenAI’s files and uploads.',
  'Native files': 'The site’s uploads, and signatures for uploads past the gateway.',
  Chats: 'Upstream chats that are kept: reading, renaming, deleting, cleaning up.',
  Models: 'The catalogue, in every dialect’s form.',
  Status: 'What the gateway knows of itself, and what you have used.',
  'Admin: accounts': 'The owner’s accounts, and imports of many.',
  'Admin: keys': 'Gateway keys, and sessions of the console.',
  'Admin: usage': 'What was used, recent requests and jobs.',
  'Admin: gateway': 'Settings, model aliases, the audit log, export and import of everything.',
} as const;

export type Tag = keyof typeof tags;
