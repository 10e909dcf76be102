/** Titles of the pages, by their names in pages.ts. */
export const words = {
  home: 'Home',
  'sign-in': 'Sign in',
  accounts: 'Accounts',
  keys: 'Keys',
  usage: 'Usage',
  jobs: 'Jobs',
  playground: 'Playground',
  settings: 'Settings',
  audit: 'Audit log',
  requests: 'Requests',
};

export type PagesWords = typeof words;
