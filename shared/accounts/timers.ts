/** Runs an action once, after some milliseconds. @returns what calls it off. */
export type After = (milliseconds: number, action: () => void) => () => void;

/** Timers of the real clock, none of which keeps a process alive. */
export const afterUnref: After = (milliseconds, action) => {
  const timer = setTimeout(action, milliseconds);
  timer.unref();
  return () => clearTimeout(timer);
};
