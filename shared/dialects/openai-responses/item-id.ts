/** What stands before the ids of each kind of item. */
export type ItemPrefix = 'msg' | 'rs' | 'fc' | 'ctc' | 'ig' | 'item';

/** The id of an answer in OpenAI's form. */
export function responseId(answerId: string): string {
  return `resp_${answerId.replaceAll('-', '')}`;
}

/**
 * The id of an item: it tells the response that it belongs to, so that an `item_reference` finds it again.
 *
 * @param place `3` for the fourth item of the output, `in3` for the fourth of the input.
 */
export function itemId(prefix: ItemPrefix, response: string, place: string): string {
  return `${prefix}_${response.slice('resp_'.length)}_${place}`;
}

/** The id of the response that an item belongs to, `undefined` when the item's id was not given here. */
export function responseOfItem(id: string): string | undefined {
  const match = /^[a-z]+_([0-9a-f]{32})_(?:in)?\d+$/.exec(id);
  return match?.[1] === undefined ? undefined : `resp_${match[1]}`;
}
