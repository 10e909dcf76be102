import type { Model, ModelCapabilities } from '../../chat/model.ts';
import { isJsonObject, type JsonObject, listField, numberField, objectField, textField } from './json-fields.ts';

/** Epoch values above this are milliseconds: as seconds they would lie thousands of years ahead. */
const latestSecond = 100_000_000_000;

/**
 * Reads one item of the catalogue (qwen-web §2); any field but the id may be missing.
 *
 * @returns `undefined` when it is not an active model.
 */
export function readModel(item: unknown): Model | undefined {
  if (!isJsonObject(item)) return undefined;
  const id = textField(item, 'id');
  const info = objectField(item, 'info');
  if (id === undefined || info?.is_active === false) return undefined;
  const meta = objectField(info, 'meta');
  const description = textField(meta, 'description') ?? textField(meta, 'short_description');
  const contextLength = numberField(meta, 'max_context_length');
  const maxOutputTokens =
    numberField(meta, 'max_generation_length') ?? numberField(meta, 'max_summary_generation_length');
  return {
    id,
    displayName: textField(item, 'name') ?? textField(info, 'name') ?? id,
    ownedBy: textField(item, 'owned_by') ?? 'qwen',
    createdAt: seconds(numberField(info, 'created_at') ?? numberField(item, 'created_at') ?? 0),
    capabilities: readCapabilities(meta),
    ...(description === undefined ? {} : { description }),
    ...(contextLength === undefined ? {} : { contextLength }),
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
  };
}

function readCapabilities(meta: JsonObject | undefined): ModelCapabilities {
  const chatTypes = listField(meta, 'chat_type') ?? [];
  return {
    thinking: hasAbility(meta, 'thinking') ?? false,
    search: hasAbility(meta, 'search') ?? chatTypes.includes('search'),
    vision: hasAbility(meta, 'vision') ?? false,
    image: chatTypes.includes('t2i'),
    imageEdit: chatTypes.includes('image_edit'),
    video: chatTypes.includes('t2v'),
  };
}

/** The plain switch counts; the number of the same name, whose values nobody explains, only where there is none. */
function hasAbility(meta: JsonObject | undefined, name: string): boolean | undefined {
  const plain = objectField(meta, 'capabilities')?.[name];
  if (typeof plain === 'boolean') return plain;
  const level = numberField(objectField(meta, 'abilities'), name);
  return level === undefined ? undefined : level !== 0;
}

function seconds(epoch: number): number {
  return Math.floor(epoch > latestSecond ? epoch / 1000 : epoch);
}
