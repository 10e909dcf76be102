/** A body of several parts (multipart/form-data), as it came; `readForm` takes it apart. */
export class MultipartBody {
  readonly bytes: Buffer;
  /** With its boundary. */
  readonly contentType: string;

  constructor(bytes: Buffer, contentType: string) {
    this.bytes = bytes;
    this.contentType = contentType;
  }
}

export function isMultipart(contentType: string | undefined): contentType is string {
  return contentType !== undefined && /^\s*multipart\/form-data\b/i.test(contentType);
}
