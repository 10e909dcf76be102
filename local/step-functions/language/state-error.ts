/** A failure in the words of the Amazon States Language, which `Retry` and `Catch` go by. */
export class StateError extends Error {
  override readonly name = 'StateError';
  /** As `States.Timeout`, or the name of the error that a function threw. */
  readonly error: string;

  constructor(error: string, cause: string) {
    super(cause);
    this.error = error;
  }
}

/** A mistake in the definition or its data: no `Retry` or `Catch` helps. */
export function runtimeError(cause: string): StateError {
  return new StateError('States.Runtime', cause);
}

/** What a catcher gets, and a failed execution shows. */
export function errorOutput(failure: StateError): { readonly Error: string; readonly Cause: string } {
  return { Error: failure.error, Cause: failure.message };
}

/** Whether a list of error names, as `ErrorEquals`, means this failure. */
export function matchesError(names: readonly string[], { error }: StateError): boolean {
  if (error === 'States.Runtime') return false;
  return names.some((name) => {
    if (name === error) return true;
    if (error === 'States.DataLimitExceeded') return false;
    return name === 'States.ALL' || (name === 'States.TaskFailed' && error !== 'States.Timeout');
  });
}
