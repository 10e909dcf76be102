/** The work that every agent is given: one word in one file. */
export interface Task {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** Long files that are read first, so that the conversation grows. */
  readonly notes: readonly string[];
}

const words = /In the file (?<path>\S+) replace «(?<before>[^»]*)» by «(?<after>[^»]*)»/u;
const wordsOfNotes = /but read (?<notes>\S+(?:, \S+)*) first/u;

export function describeTask({ path, before, after, notes }: Task): string {
  const detour = notes.length === 0 ? '' : `, but read ${notes.join(', ')} first`;
  return `In the file ${path} replace «${before}» by «${after}»${detour}. Then say that it is done.`;
}

/** @returns `undefined` for words that hold no task. */
export function findTask(text: string): Task | undefined {
  const { path, before, after } = words.exec(text)?.groups ?? {};
  if (path === undefined || before === undefined || after === undefined) return undefined;
  return { path, before, after, notes: wordsOfNotes.exec(text)?.groups?.notes?.split(', ') ?? [] };
}
