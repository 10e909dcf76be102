import type { ItemStatus, OutputItem } from './output-item.ts';

/** How an item's life ends: as it should, or broken off. */
export type ItemEnd = Exclude<ItemStatus, 'in_progress'>;

/** The item that is being written; its constructor tells that it is there. */
export interface OpenItem {
  /** The next piece of its text; never empty. */
  push(text: string): void;
  /** Tells that the item is done. @returns it. */
  close(end: ItemEnd): OutputItem;
  /** The item as it is, for an answer that broke off within it. */
  snapshot(end: ItemEnd): OutputItem;
}
