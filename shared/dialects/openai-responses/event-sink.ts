/** Where the events of an answer under way go. Event types are given without their prefix `response.`. */
export interface EventSink {
  /** Something that happens once in the life of an item. */
  tell(type: string, fields: object): void;
  /** Announces what the following pieces belong to. */
  beginPieces(type: string, fields: object): void;
  /** The next piece of text. */
  piece(text: string): void;
}

/** For an answer that is only shown whole. */
export const silentSink: EventSink = { tell: () => {}, beginPieces: () => {}, piece: () => {} };
