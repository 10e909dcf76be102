/** What a media part holds that points at a stored file. */
export interface StoredSource {
  /** Stands for the file wherever parts are told apart by their URL. Nothing fetches it. */
  readonly url: string;
  readonly fileId: string;
  readonly field: string;
}

/**
 * Points at a file that the caller has stored before; whether it is there is found out when it is needed.
 *
 * @param field where the client's body has the id.
 */
export function storedSource(fileId: string, field: string): StoredSource {
  return { url: `stored:${fileId}`, fileId, field };
}
