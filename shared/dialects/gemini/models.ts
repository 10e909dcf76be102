import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import type { ModelEntry } from '../../models/model-entry.ts';
import { readInteger } from '../read-integer.ts';

/** A model in Google's form (client-apis C.3). */
export interface GeminiModel {
  /** `models/` and the upstream's id, variant included. */
  readonly name: string;
  readonly baseModelId: string;
  readonly version: string;
  readonly displayName: string;
  readonly description: string;
  readonly inputTokenLimit?: number;
  readonly outputTokenLimit?: number;
  readonly supportedGenerationMethods: readonly string[];
  readonly thinking: boolean;
}

export interface GeminiModelPage {
  readonly models: readonly GeminiModel[];
  /** Absent on the last page. */
  readonly nextPageToken?: string;
}

/** The answer to `GET /v1beta/models/{model}`. */
export function writeGeminiModel({ id, name, model }: ModelEntry): GeminiModel {
  const { contextLength, maxOutputTokens } = model;
  return {
    name: `models/${name}`,
    baseModelId: model.id,
    version: '1',
    displayName: id,
    description: model.description ?? '',
    ...(contextLength !== undefined && { inputTokenLimit: contextLength }),
    ...(maxOutputTokens !== undefined && { outputTokenLimit: maxOutputTokens }),
    supportedGenerationMethods: ['generateContent', 'streamGenerateContent', 'countTokens'],
    thinking: model.capabilities.thinking,
  };
}

const defaultPageSize = 50;
const largestPageSize = 1000;

/**
 * The answer to `GET /v1beta/models`: one page, by `pageSize` and `pageToken`. A token holds the name that its page
 * begins with.
 *
 * @throws InvalidRequestError for a size that is none, and for a token that another list has given.
 */
export function writeGeminiModels(
  entries: readonly ModelEntry[],
  query: Readonly<Record<string, string | undefined>>,
): GeminiModelPage {
  const wanted = readInteger('pageSize', query.pageSize, { fallback: defaultPageSize });
  // Google takes larger sizes too, and gives no more.
  const size = Math.min(wanted, largestPageSize);
  const begin = query.pageToken === undefined || query.pageToken === '' ? 0 : placeOf(query.pageToken, entries);
  const next = entries[begin + size];
  return {
    models: entries.slice(begin, begin + size).map(writeGeminiModel),
    ...(next && { nextPageToken: Buffer.from(next.name).toString('base64url') }),
  };
}

function placeOf(token: string, entries: readonly ModelEntry[]): number {
  const name = Buffer.from(token, 'base64url').toString('utf8');
  const place = entries.findIndex((entry) => entry.name === name);
  if (place !== -1) return place;
  throw new InvalidRequestError("'pageToken' belongs to another list. Begin again without it.", {
    param: 'pageToken',
  });
}
