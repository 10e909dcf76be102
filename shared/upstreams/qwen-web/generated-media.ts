import type { ImageEvent, VideoEvent } from '../../chat/event.ts';
import { isJsonObject, type JsonObject, listField, objectField, textField } from './json-fields.ts';

const imageToolPhases: ReadonlySet<string> = new Set(['image_gen_tool', 'image_edit_tool']);
const plainImagePhases: ReadonlySet<string> = new Set(['image_gen', 'generate_image', 'image_edit']);

/**
 * Whether a phase is one of the older kind that gives its pictures or videos as content, and whose `finished` may be
 * the last frame of the stream (qwen-web §5.1).
 */
export function isPlainMediaPhase(phase: string): boolean {
  return plainImagePhases.has(phase) || phase.endsWith('_gen');
}

/** Reads generated pictures and videos. Each is given once, however often its frame comes. */
export class GeneratedMedia {
  readonly #seen = new Set<string>();

  /** @returns the pictures and videos that the delta shows for the first time; none for other phases. */
  read(phase: string, delta: JsonObject): readonly (ImageEvent | VideoEvent)[] {
    if (imageToolPhases.has(phase)) return this.#ofTool(objectField(delta, 'extra'));
    if (!isPlainMediaPhase(phase)) return [];
    const isVideo = phase.includes('video');
    return contentUrls(delta.content)
      .filter((url) => this.#isNew(url))
      .map((url) => (isVideo || isVideoUrl(url) ? { type: 'video', url } : { type: 'image', url }));
  }

  /** `image_list` is for display, `tool_result` holds the originals, in the same order. */
  #ofTool(extra: JsonObject | undefined): readonly ImageEvent[] {
    const originals = imageUrls(listField(extra, 'tool_result'));
    const displayed = imageUrls(listField(extra, 'image_list'));
    return (displayed.length > 0 ? displayed : originals).flatMap((url, index) => {
      if (!this.#isNew(url)) return [];
      const originalUrl = originals[index];
      const hasOriginal = originalUrl !== undefined && originalUrl !== url;
      return [{ type: 'image', url, ...(hasOriginal ? { originalUrl } : {}) }];
    });
  }

  #isNew(url: string): boolean {
    const isNew = !this.#seen.has(url);
    this.#seen.add(url);
    return isNew;
  }
}

/** The content is a URL, or a list of `{image: <url>}`. */
function contentUrls(content: unknown): readonly string[] {
  if (typeof content === 'string') return isHttpUrl(content) ? [content.trim()] : [];
  return Array.isArray(content) ? imageUrls(content) : [];
}

function imageUrls(list: readonly unknown[] | undefined): readonly string[] {
  const urls = (list ?? []).map((item) => (isJsonObject(item) ? (textField(item, 'image') ?? '') : ''));
  return urls.filter(isHttpUrl);
}

function isHttpUrl(text: string): boolean {
  return /^\s*https?:\/\//.test(text);
}

function isVideoUrl(url: string): boolean {
  return /\.(?:mp4|webm|mov)(?:$|[?#])/i.test(url);
}
