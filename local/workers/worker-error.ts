/** A worker that failed, as Lambda tells its caller. */
export class WorkerError extends Error {
  override readonly name = 'WorkerError';
  /** The name of the error that the worker threw, or Lambda's own: `Sandbox.Timedout`, `Runtime.ExitError`. */
  readonly errorType: string;

  constructor(errorType: string, message: string) {
    super(message);
    this.errorType = errorType;
  }
}
