/** How one kind of run calls what it does. */
export interface ItemWords {
  /** What the whole run is. */
  readonly run: string;
  /** The field of the input that says which run this is. */
  readonly runId: string;
  /** What the worker is asked to do with an item. */
  readonly act: string;
  /** The names of the states. */
  readonly states: Readonly<Record<'all' | 'item' | 'giveUp' | 'leaveOpen' | 'finish', string>>;
}

export const importWords: ItemWords = {
  run: 'Bulk import of accounts',
  runId: 'importId',
  act: 'import',
  states: {
    all: 'Import accounts',
    item: 'Import account',
    giveUp: 'Give up account',
    leaveOpen: 'Leave account open',
    finish: 'Finish import',
  },
};

export const cleanupWords: ItemWords = {
  run: 'Clean-up of chats',
  runId: 'cleanupId',
  act: 'delete',
  states: {
    all: 'Delete chats',
    item: 'Delete chat',
    giveUp: 'Give up chat',
    leaveOpen: 'Leave chat open',
    finish: 'Finish clean-up',
  },
};
