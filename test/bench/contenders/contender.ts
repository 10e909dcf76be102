/** Something that answers the benchmark's questions. */
export interface Contender {
  readonly name: string;
  /** Where questions are posted. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The process whose cost counts; none when it is not to be measured. */
  readonly pid?: number;
  close(): Promise<void>;
}
