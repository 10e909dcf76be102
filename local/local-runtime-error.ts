/** Something the owner has to mend. Its message says how, in one line; a stack would only hide it. */
export class LocalRuntimeError extends Error {
  override readonly name = 'LocalRuntimeError';
}
