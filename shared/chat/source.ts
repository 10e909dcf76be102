/** A web page that the upstream's search found. */
export interface Source {
  /** The number that `[[n]]` in the answer text refers to, counted over all searches of one answer. */
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly snippet?: string;
  readonly siteName?: string;
  readonly date?: string;
}
