export const words = {
  title: 'Sign in',
  lead: 'With an admin key of this gateway.',
  key: 'Admin key',
  hint: 'It is used once to begin a session of this tab, and not kept.',
  refused: 'The gateway does not accept this key, or it is no admin key.',
  signIn: 'Sign in',
  ended: 'Your session has ended. Sign in again to go on.',
  where:
    'On a laptop, the first start of the gateway prints the admin key once; API_KEY in .env sets one. On AWS, npm run import does.',
};

export type SignInWords = typeof words;
