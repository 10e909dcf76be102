import { conversationModes } from '../chat/conversation-mode.ts';
import { isRouteGroup } from '../routes/route-groups.ts';
import type { Attributes, ItemValue } from '../store/attributes.ts';
import { numberAttribute } from '../store/read-attribute.ts';
import type { KeyLimits } from './gateway-key.ts';
import { readCallerLimits } from './read-caller-limits.ts';

/**
 * What an item of the table keeps its key to. What can't be read means the lesser right: a time that is over, no model,
 * no part of the API, and no conversation that is sent twice.
 */
export function readLimits(item: Attributes): KeyLimits {
  const { expiresAt, conversations } = item;
  const limits = readCallerLimits(item.limits);
  const models = readList(item.models);
  const routes = readList(item.routes)?.filter(isRouteGroup);
  return {
    ...(expiresAt !== undefined && { expiresAt: numberAttribute(item, 'expiresAt') ?? 0 }),
    ...(models && { models }),
    ...(routes && { routes }),
    ...(limits && { limits }),
    ...(conversations !== undefined && {
      conversations: conversationModes.find((mode) => mode === conversations) ?? 'never-fold',
    }),
  };
}

/** @returns `undefined` for no limit: no list, or an empty one. */
function readList(value: ItemValue | undefined): readonly string[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) return [];
  return value.length === 0 ? undefined : value.filter((entry) => typeof entry === 'string');
}
