/** What a promise that must fail rejects with. @throws Error when it does not. */
export async function failureOf(promise: PromiseLike<unknown>): Promise<unknown> {
  const answer = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in answer) return answer.error;
  throw new Error(`It did not fail, but gave ${JSON.stringify(answer.value)}.`);
}
