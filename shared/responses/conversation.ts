import { InvalidRequestError, PayloadTooLargeError } from '../chat/errors/request-errors.ts';
import { responseOfItem } from '../dialects/openai-responses/item-id.ts';
import type { Conversation, SentRequest } from '../dialects/openai-responses/read-request.ts';
import { idOf } from './input-items.ts';
import type { ResponseContent } from './response-content.ts';
import { ItemNotFoundError, PreviousResponseNotFoundError } from './response-errors.ts';
import type { ResponseStore } from './response-store.ts';

/** Responses that a request may refer to item by item: each is read whole. */
const mostReferred = 20;
/** Characters of JSON, about two bodies: all of it is in memory at once, and kept again with each turn. */
const longestConversation = 12_000_000;

/**
 * Puts what a request only refers to in its place: the whole history for `previous_response_id`, and the items for every
 * `item_reference`. References that this gateway never gave are left out.
 *
 * @returns `undefined` when the request refers to nothing.
 * @throws PreviousResponseNotFoundError, ItemNotFoundError, StoreUnavailableError; InvalidRequestError and
 *   PayloadTooLargeError for more than can be put together.
 */
export async function openConversation(
  { body, items }: SentRequest,
  callerId: string,
  store: ResponseStore,
): Promise<Conversation | undefined> {
  const references = referencesOf(body.input);
  const previous = body.previous_response_id;
  const goesOn = typeof previous === 'string' && previous !== '';
  if (!goesOn && references.size === 0) return undefined;
  const before = goesOn ? await historyOf(previous, callerId, store) : [];
  const referred = await findReferred([...references.values()], callerId, store);
  const own = items.flatMap((item, index) => {
    const id = references.get(index);
    if (id === undefined) return [item];
    const found = referred.get(id);
    return found === undefined ? [] : [found];
  });
  const whole = [...before, ...own];
  refuseTooLong(whole);
  return { items: whole, before: before.length };
}

/** The ids of the references, by their places. */
function referencesOf(input: SentRequest['body']['input']): ReadonlyMap<number, string> {
  const references = new Map<number, string>();
  if (typeof input === 'string') return references;
  for (const [index, item] of input.entries()) {
    if (item.type === 'item_reference') references.set(index, item.id);
  }
  return references;
}

async function historyOf(id: string, callerId: string, store: ResponseStore): Promise<readonly object[]> {
  const stored = await store.find({ callerId, id });
  if (stored === undefined) throw new PreviousResponseNotFoundError(id);
  const { status } = stored.response;
  if (status === 'queued' || status === 'in_progress') {
    throw new InvalidRequestError(`The response '${id}' is not finished yet. Wait for its end.`, {
      param: 'previous_response_id',
    });
  }
  return [...stored.input, ...outputOf(stored)];
}

async function findReferred(
  ids: readonly string[],
  callerId: string,
  store: ResponseStore,
): Promise<ReadonlyMap<string, object>> {
  const responses = new Set(ids.flatMap((id) => responseOfItem(id) ?? []));
  if (responses.size > mostReferred) {
    throw new InvalidRequestError(`'input' refers to items of more than ${mostReferred} responses. Send the items.`, {
      param: 'input',
    });
  }
  const stored = await Promise.all([...responses].map((id) => store.find({ callerId, id })));
  const found = new Map<string, object>();
  for (const content of stored) {
    if (content === undefined) continue;
    for (const item of [...content.input, ...outputOf(content)]) {
      const id = idOf(item);
      if (id !== undefined) found.set(id, item);
    }
  }
  for (const id of ids) {
    if (responseOfItem(id) !== undefined && !found.has(id)) throw new ItemNotFoundError(id);
  }
  return found;
}

/** @throws PayloadTooLargeError */
function refuseTooLong(items: readonly object[]): void {
  // One item may be referred to many times.
  const sizes = new Map<object, number>();
  let size = 0;
  for (const item of items) {
    const own = sizes.get(item) ?? JSON.stringify(item).length;
    sizes.set(item, own);
    size += own;
    if (size <= longestConversation) continue;
    throw new PayloadTooLargeError(
      'The conversation has grown too large to go on with. Begin a new one, and send pictures and files by URL.',
      { param: 'input' },
    );
  }
}

function outputOf({ response }: ResponseContent): readonly object[] {
  const { output } = response;
  return Array.isArray(output) ? output.filter((item) => typeof item === 'object' && item !== null) : [];
}
