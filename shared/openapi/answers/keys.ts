import { conversationModes } from '../../chat/conversation-mode.ts';
import { routeGroups } from '../../routes/route-groups.ts';
import {
  count,
  type Fields,
  isoTime,
  type JsonSchema,
  listOf,
  named,
  object,
  oneOf,
  only,
  orNull,
  text,
} from '../json-schema.ts';
import { deletedOf, pageOf } from './lists.ts';

const limit = orNull(count);
const budget = object({ requests: limit, tokens: limit, images: limit, video_seconds: limit });

/** How much a key may use; null is no limit. */
const limits = named(
  'KeyLimits',
  object({ requests_per_minute: limit, tokens_per_minute: limit, in_flight: limit, day: budget, month: budget }),
);

const limitsState = named(
  'KeyLimitsState',
  object({
    in_flight: count,
    data: listOf(
      object({
        window: oneOf('minute', 'day', 'month'),
        unit: oneOf('requests', 'tokens', 'images', 'video_seconds'),
        limit: count,
        used: count,
        left: count,
        resets_at: isoTime,
      }),
    ),
  }),
);

const fields: Fields = {
  object: only('key'),
  id: text,
  name: text,
  role: oneOf('admin', 'user'),
  source: text,
  state: oneOf('ok', 'expired', 'blocked'),
  expires_at: orNull(isoTime),
  models: listOf(text),
  routes: listOf(oneOf(...routeGroups)),
  conversations: orNull(oneOf(...conversationModes)),
  limits: orNull(limits),
  created_at: orNull(isoTime),
};

/** A gateway key, without what it is shown as. */
export const gatewayKey: JsonSchema = named('GatewayKey', object(fields));

/** The key, and how far its limits are used up. */
export const gatewayKeyNow = named('GatewayKeyNow', object({ ...fields, limits_state: orNull(limitsState) }));

/** The only answer that holds the key itself. */
export const newGatewayKey = named('NewGatewayKey', object({ ...fields, key: text }));

export const keyList = pageOf('KeyList', gatewayKey);
export const deletedKey = deletedOf('DeletedKey', 'key.deleted');
