import { plural } from '../../text/plural.ts';

const groups: Readonly<Record<string, string>> = {
  access: 'Access',
  upstream: 'Upstream',
  models: 'Models',
  answers: 'Answers',
  conversations: 'Conversations',
  accounts: 'Accounts',
  storage: 'Storage',
  videos: 'Videos',
  webhooks: 'Webhooks',
  operation: 'Operation',
};

export const words = {
  title: 'Settings',
  lead: 'What is changed here counts within seconds, without a new start or deployment.',
  tabs: { all: 'All settings', history: 'History' },
  groups,
  search: 'Search settings',
  onlyLive: 'Only what can be changed here',
  nothing: 'No setting fits',
  nothingBody: (search: string) => (search === '' ? '' : `Nothing is found for “${search}”.`),
  sources: { live: 'Set here', environment: 'From the environment', default: 'Default' },
  changed: 'Changed',
  limits: (minimum: number, maximum: number) => `From ${minimum} to ${maximum}`,
  defaultIs: 'Default:',
  emptyText: 'empty',
  leave: 'Leave it',
  back: 'Back to environment or default',
  goesBack: 'Saving lets the environment count again, or else the default.',
  fixed: 'Can’t be changed here.',
  changes: (count: number) => plural('en', count, { one: '# change to save', other: '# changes to save' }),
  save: 'Save',
  discard: 'Discard',
  saved: (count: number) => plural('en', count, { one: '# setting is saved.', other: '# settings are saved.' }),
  conflict:
    'Settings were changed elsewhere meanwhile, so nothing was saved. They are shown as they are now, with your changes on top: look at them and save again.',
  leaveTitle: 'Leave without saving?',
  leaveBody: (count: number) => plural('en', count, { one: '# change is lost.', other: '# changes are lost.' }),
  noHistory: 'Nothing was changed yet',
  noHistoryBody: 'Every change is noted here: who made it, when, and what was before.',
  version: (version: number) => `version ${version}`,
  becomes: 'becomes',
  notLive: 'environment or default',
  undo: 'Undo',
  undoTitle: 'Undo this change?',
  undoBody: (names: string) => `${names}: what was before counts again. That is a change of its own in the history.`,
  undone: 'The change is undone.',
  more: 'Show older ones',
};

export type SettingsWords = typeof words;
