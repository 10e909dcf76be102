import type { ArchivedMessage } from '../../chat/chat-archive.ts';
import { milliseconds } from './archive-time.ts';
import { isJsonObject, type JsonObject, listField, numberField, textField } from './json-fields.ts';
import { partPictures } from './stored-pictures.ts';

/** The messages of a chat's detail, which come in no order: each behind its parent, and otherwise by their time. */
export function archivedMessages(stored: readonly JsonObject[]): readonly ArchivedMessage[] {
  const byId = new Map(stored.flatMap((message) => entryOf(message)));
  const depths = new Map<string, number>();
  const sorted = [...byId.values()].map((message) => ({ message, depth: depthOf(message, byId, depths) }));
  sorted.sort((one, other) => timeOf(one.message) - timeOf(other.message) || one.depth - other.depth);
  return sorted.map(({ message }) => message);
}

function entryOf(message: JsonObject): [string, ArchivedMessage][] {
  const id = textField(message, 'id');
  if (id === undefined) return [];
  const role = textField(message, 'role') ?? 'assistant';
  const parentId = textField(message, 'parentId') ?? textField(message, 'parent_id') ?? null;
  const createdAt = milliseconds(numberField(message, 'timestamp'));
  return [[id, { id, role, content: contentOf(message), parentId, createdAt }]];
}

/** Newer answers keep their words in parts, which have the form of frames. */
function contentOf(message: JsonObject): string {
  const parts = (listField(message, 'content_list') ?? []).filter(isJsonObject);
  const answer = parts.filter(({ phase }) => phase === 'answer');
  const words = textField(message, 'content') ?? answer.map((part) => textField(part, 'content') ?? '').join('');
  const pictures = partPictures(message).filter(({ url }) => !words.includes(url));
  return [words, ...pictures.map(({ url }) => `![](${url})`)].filter((text) => text !== '').join('\n\n');
}

const timeOf = ({ createdAt = 0 }: ArchivedMessage) => createdAt;

/** How many messages stand above it: within a second, time does not tell a question from its answer. */
function depthOf(
  message: ArchivedMessage,
  byId: ReadonlyMap<string, ArchivedMessage>,
  depths: Map<string, number>,
): number {
  const chain: ArchivedMessage[] = [];
  const seen = new Set<string>();
  let above: ArchivedMessage | undefined = message;
  while (above !== undefined && !depths.has(above.id) && !seen.has(above.id)) {
    seen.add(above.id);
    chain.push(above);
    above = byId.get(above.parentId ?? '');
  }
  let depth = above === undefined ? -1 : (depths.get(above.id) ?? -1);
  for (const each of chain.reverse()) {
    depth += 1;
    depths.set(each.id, depth);
  }
  return depth;
}
