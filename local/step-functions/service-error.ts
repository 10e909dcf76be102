/** A refusal of the Step Functions API. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  /** As `ExecutionAlreadyExists`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
