/** What an import of accounts or keys did. Holds no secret and may be printed. */
export interface ImportReport {
  readonly added: number;
  /** Rows that were there and got something new, as a newer token. */
  readonly changed: number;
  readonly unchanged: number;
  readonly removed: number;
  /** One sentence each, for the owner: what was not taken, and why. Entries are named by their place in the list. */
  readonly warnings: readonly string[];
}
