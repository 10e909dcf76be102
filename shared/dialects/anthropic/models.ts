import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import type { Model } from '../../chat/model.ts';
import { claudeName } from '../../models/claude-name.ts';
import type { ModelEntry } from '../../models/model-entry.ts';
import { readInteger } from '../read-integer.ts';

/** A model in Anthropic's form (client-apis C.2). */
export interface AnthropicModel {
  readonly type: 'model';
  readonly id: string;
  readonly display_name: string;
  readonly created_at: string;
  readonly lifecycle: 'active';
  readonly deprecated_at: null;
  readonly retires_at: null;
  readonly line: null;
  readonly max_input_tokens: number | null;
  readonly max_tokens: number | null;
  readonly capabilities: object;
}

export interface AnthropicModelPage {
  readonly data: readonly AnthropicModel[];
  readonly has_more: boolean;
  readonly first_id: string | null;
  readonly last_id: string | null;
}

/** The answer to `GET /v1/models/{model}`. */
export function writeAnthropicModel({ id: displayName, name, model }: ModelEntry): AnthropicModel {
  return {
    type: 'model',
    id: name,
    display_name: displayName,
    created_at: new Date(model.createdAt * 1000).toISOString(),
    lifecycle: 'active',
    deprecated_at: null,
    retires_at: null,
    line: null,
    max_input_tokens: model.contextLength ?? null,
    max_tokens: model.maxOutputTokens ?? null,
    capabilities: capabilitiesOf(model),
  };
}

type Query = Readonly<Record<string, string | undefined>>;

const defaultLimit = 20;
const largestLimit = 1000;

/**
 * The answer to `GET /v1/models`: one page, by `limit` and either `after_id` or `before_id`. Each model stands there a
 * second time with `claude-` before its name, because Claude Code offers no others.
 *
 * @throws InvalidRequestError for a limit that is none, and for an id that the list doesn't have.
 */
export function writeAnthropicModels(entries: readonly ModelEntry[], query: Query): AnthropicModelPage {
  const models = entries.map(writeAnthropicModel);
  const all = [...models, ...models.map((model) => ({ ...model, id: claudeName(model.id) }))];
  const limit = readInteger('limit', query.limit, { fallback: defaultLimit, largest: largestLimit });
  const begin = query.after_id === undefined ? 0 : placeOf(query.after_id, 'after_id', all) + 1;
  const end = query.before_id === undefined ? all.length : placeOf(query.before_id, 'before_id', all);
  const wanted = all.slice(begin, end);
  const isBackwards = query.before_id !== undefined && query.after_id === undefined;
  const data = isBackwards ? wanted.slice(-limit) : wanted.slice(0, limit);
  return {
    data,
    has_more: wanted.length > limit,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
  };
}

function placeOf(id: string, field: string, models: readonly AnthropicModel[]): number {
  const place = models.findIndex((model) => model.id === id);
  if (place !== -1) return place;
  throw new InvalidRequestError(`'${field}' names no model of the list.`, { param: field });
}

/** What the gateway can be asked for, by the names of Anthropic's API; the rest it has not. */
function capabilitiesOf({ capabilities }: Model): object {
  const yes = { supported: true };
  const no = { supported: false };
  const thinking = capabilities.thinking ? yes : no;
  return {
    batch: no,
    citations: no,
    code_execution: no,
    context_management: { ...no, clear_thinking_20251015: no, clear_tool_uses_20250919: no, compact_20260112: no },
    effort: { ...no, low: no, medium: no, high: no, xhigh: no, max: no },
    image_input: capabilities.vision ? yes : no,
    pdf_input: yes,
    server_tools: { supported: capabilities.search, web_search: capabilities.search ? yes : no, code_execution: no },
    structured_outputs: yes,
    thinking: { ...thinking, types: { adaptive: thinking, enabled: thinking, disabled: yes, between_tools: yes } },
  };
}
