/** Runs tasks, no more than `limit` at once, beginning in their order. */
export async function inParallel<Task>(
  limit: number,
  tasks: readonly Task[],
  run: (task: Task) => Promise<unknown>,
): Promise<void> {
  const waiting = tasks.values();
  const worker = async () => {
    for (const task of waiting) await run(task);
  };
  await Promise.all(Array.from({ length: limit }, worker));
}
