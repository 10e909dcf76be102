import { type PictureOptions, wishNames } from './picture-options.ts';

/** Where pictures are asked for, and with what. */
export interface PictureRequest {
  readonly path: string;
  readonly body: object;
}

/**
 * New pictures, or changed ones when there are some to change. The answer is a stream, so that each is shown when it is
 * there; its pictures are in it, so that none is fetched from elsewhere.
 *
 * @param sources data URLs.
 */
export function pictureRequest(options: PictureOptions, sources: readonly string[]): PictureRequest {
  const fields = { ...fieldsOf(options), stream: true };
  if (sources.length === 0) return { path: '/v1/images/generations', body: fields };
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, String(value));
  for (const [place, source] of sources.entries()) form.append('image[]', blobOf(source), `picture-${place + 1}`);
  return { path: '/v1/images/edits', body: form };
}

/** The same as one JSON body, for programs; pictures to change are left out of it. */
export function fieldsOf(options: PictureOptions): Readonly<Record<string, string | number>> {
  const { model, prompt, n, size, quality, style, format, compression, background, wishes } = options;
  const given = {
    model,
    prompt,
    n,
    size,
    quality,
    style,
    output_format: format,
    output_compression: compression,
    background,
    ...Object.fromEntries(wishNames.map((name) => [name, wishes[name].trim()])),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
}

function blobOf(dataUrl: string): Blob {
  const [head = '', encoded = ''] = dataUrl.split(',', 2);
  const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
  return new Blob([bytes], { type: head.slice('data:'.length).split(';')[0] ?? '' });
}
