import type { Source } from '../../chat/source.ts';
import { isJsonObject, type JsonObject, listField, numberField, objectField, textField } from './json-fields.ts';

/**
 * Reads the results of web searches, numbered as the answer's `[[n]]` marks mean them (qwen-web §4.4): `used_id` is the
 * next free number after a batch, so its documents are numbered from `used_id − length` on. Older frames have no
 * `used_id` and are numbered from 1. A result that is sent again is read once.
 */
export class SearchSources {
  #lastBatch = '';

  /** @param extra field `extra` of a `web_search` delta. @returns no sources when the frame holds none that are new. */
  read(extra: JsonObject | undefined): readonly Source[] {
    const result = objectField(extra, 'tool_result');
    const documents = listField(result, 'docs') ?? listField(extra, 'web_search_info') ?? [];
    const nextNumber = numberField(result, 'used_id') ?? documents.length + 1;
    const first = nextNumber - documents.length;
    const sources: Source[] = [];
    for (const [index, document] of documents.entries()) {
      const source = readSource(document, first + index);
      if (source !== undefined) sources.push(source);
    }
    const batch = sources.map(({ number, url }) => `${number} ${url}`).join('\n');
    if (batch === this.#lastBatch) return [];
    this.#lastBatch = batch;
    return sources;
  }
}

function readSource(document: unknown, number: number): Source | undefined {
  if (!isJsonObject(document)) return undefined;
  const url = textField(document, 'url');
  if (url === undefined) return undefined;
  const snippet = textField(document, 'snippet');
  const siteName = textField(document, 'hostname');
  const date = textField(document, 'date');
  return {
    number,
    url,
    title: textField(document, 'title') ?? url,
    ...(snippet === undefined ? {} : { snippet }),
    ...(siteName === undefined ? {} : { siteName }),
    ...(date === undefined ? {} : { date }),
  };
}
