/**
 * Something that a well-behaved client never does. It is served all the same, and remembered.
 *
 * - `deleted-while-answering`: the answer that was running is lost (qwen-web §3).
 * - `plain-password`: the password came in another form than a SHA-256 (qwen-web §1.1).
 * - `refresh-token-reused`: refresh tokens rotate at every use (qwen-web §1.2).
 * - `credentials-to-storage`: the storage host must see no token of the chat host (qwen-web §6.2).
 * - `wrong-file-size`: another size was announced than was uploaded.
 * - `unusable-file`: a message refers to a file that its account has not uploaded, or to a document that was not read.
 */
export interface Violation {
  readonly kind:
    | 'deleted-while-answering'
    | 'plain-password'
    | 'refresh-token-reused'
    | 'credentials-to-storage'
    | 'wrong-file-size'
    | 'unusable-file';
  /** The account's address, when it is known. */
  readonly account?: string;
  readonly detail: string;
}
