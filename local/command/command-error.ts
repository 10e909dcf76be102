/** What the program ends with. */
export const exitCodes = {
  done: 0,
  /** The gateway refused, or the upstream did. */
  refused: 1,
  usage: 2,
  /** Nobody answers at the URL. */
  unreachable: 3,
  /** Of several accounts, some failed; or the audit log was changed. */
  partly: 4,
} as const;

/** Ends the program with one line and a code that means something. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: number;

  constructor(message: string, exitCode: number, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}
