import { type Fields, flag, type JsonSchema, listOf, named, object, only, orNull, text } from '../json-schema.ts';

/** A page in OpenAI's form; `after` with `last_id` leads on to the next one. */
export function pageOf(title: string, entry: JsonSchema): JsonSchema {
  return named(
    title,
    object({
      object: only('list'),
      data: listOf(entry),
      first_id: orNull(text),
      last_id: orNull(text),
      has_more: flag,
    }),
  );
}

/** What was deleted. */
export function deletedOf(title: string, objectName: string, more: Fields = {}): JsonSchema {
  return named(title, object({ id: text, object: only(objectName), deleted: only(true), ...more }));
}
