import { createHmac, timingSafeEqual } from 'node:crypto';

/** Where a conversation goes on, and for whom. */
export interface HandledPlace {
  readonly chatId: string;
  /** The upstream's id of the answer to go on from. */
  readonly responseId: string;
  readonly accountId: string;
  /** The key, or the brought token, that the chat belongs to. */
  readonly ownerId: string;
}

/** What can be read out of a handle, whoever wrote it. */
export type ClaimedPlace = Pick<HandledPlace, 'chatId' | 'responseId'>;

const prefix = 'conv_';
const tagBytes = 16;
/** Characters; those that the gateway gives are far shorter. */
const longest = 1000;

/**
 * Writes and checks the handles by which clients go on with a conversation: `conv_` and the base64url of the chat's id, a line
 * end, the answer's id, and an HMAC-SHA256 of 16 bytes over both with the account and the owner. Only these two ids can be
 * read out of it, and whoever changes anything, or is somebody else, has none.
 */
export class ConversationHandles {
  readonly #fetchKey: () => Promise<Buffer>;
  #key: Promise<Buffer> | undefined;

  /** @param fetchKey gives a key that is used for nothing else; asked no more after it has succeeded. */
  constructor(fetchKey: () => Promise<Buffer>) {
    this.#fetchKey = fetchKey;
  }

  /** Throws what fetching the key throws. */
  async write(place: HandledPlace): Promise<string> {
    const ids = Buffer.from(`${place.chatId}\n${place.responseId}`);
    return prefix + Buffer.concat([ids, await this.#tag(place)]).toString('base64url');
  }

  /** Whether the handle is the one that `write` gives for the place. Throws what fetching the key throws. */
  async isOf(handle: string, place: HandledPlace): Promise<boolean> {
    const given = Buffer.from(handle);
    const right = Buffer.from(await this.write(place));
    return given.length === right.length && timingSafeEqual(given, right);
  }

  async #tag({ chatId, responseId, accountId, ownerId }: HandledPlace): Promise<Buffer> {
    const text = JSON.stringify([chatId, responseId, accountId, ownerId]);
    return createHmac('sha256', await this.#keyOnce())
      .update(text)
      .digest()
      .subarray(0, tagBytes);
  }

  #keyOnce(): Promise<Buffer> {
    this.#key ??= this.#fetchKey().catch((error: unknown) => {
      this.#key = undefined;
      throw error;
    });
    return this.#key;
  }
}

/** @returns what a handle says, to be believed only after `isOf`; `undefined` when it is none. */
export function readHandle(handle: string): ClaimedPlace | undefined {
  const ids = bytesOf(handle)?.subarray(0, -tagBytes).toString() ?? '';
  const [chatId, responseId, ...rest] = ids.split('\n');
  return chatId && responseId && rest.length === 0 ? { chatId, responseId } : undefined;
}

function bytesOf(handle: string): Buffer | undefined {
  if (!handle.startsWith(prefix) || handle.length > longest) return undefined;
  const text = handle.slice(prefix.length);
  const bytes = Buffer.from(text, 'base64url');
  // The decoder overlooks what is no base64url at all.
  return bytes.length > tagBytes && bytes.toString('base64url') === text ? bytes : undefined;
}
