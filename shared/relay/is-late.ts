/**
 * Waits for work, and not longer than that.
 *
 * @param limit milliseconds.
 * @returns whether the work is still to be done. Throws what the work throws in time.
 */
export async function isLate(work: Promise<unknown>, limit: number): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, limit, true);
  try {
    return await Promise.race([work.then(() => false), late]);
  } finally {
    clearTimeout(timer);
  }
}
