/** One event of a stream. Records without an `event:` line are skipped by SDKs (client-apis C.2). */
export function eventFrame(type: string, fields: object = {}): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
}

/** What stands before the JSON string of a piece of content, for all pieces of one kind in one block. */
export function pieceHead(index: number, type: string, field: string): string {
  return `event: content_block_delta\ndata: {"type":"content_block_delta","index":${index},"delta":{"type":"${type}","${field}":`;
}

/** What stands behind it. */
export const pieceTail = '}}\n\n';
