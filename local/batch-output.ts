import type { Writable } from 'node:stream';

/** Soon enough for a person who watches. */
const writeEveryMilliseconds = 50;

/**
 * Collects what is written to an output for a moment and writes it at once. Writing to a terminal or a pipe stops the
 * whole process until the system has taken it, which two log lines per request make a sixth of the cost of an answer.
 * What is left is written when the process exits in order.
 *
 * @param everyMilliseconds the longest that a line waits.
 * @returns writes what is left and goes back to writing at once.
 */
export function batchOutput(output: Writable, everyMilliseconds: number = writeEveryMilliseconds): () => void {
  output.cork();
  const timer = setInterval(() => {
    output.uncork();
    output.cork();
  }, everyMilliseconds);
  timer.unref();
  const stop = () => {
    clearInterval(timer);
    process.off('exit', stop);
    output.uncork();
  };
  process.on('exit', stop);
  return stop;
}
