import type { ImagePart } from '../chat/request.ts';
import type { Form } from '../http/read-form.ts';

/** Forms know nothing but text; these fields are numbers, or true or false, in JSON. */
const numbers: ReadonlySet<string> = new Set(['n', 'output_compression', 'partial_images']);
const switches: ReadonlySet<string> = new Set(['stream']);
const pictureField = /^image(?:\[\d*\])?$/;

/**
 * Brings a form into the shape of the JSON body, but for its files. What is no number stays a text, so that it is refused
 * in the same words. Pictures may be fields as well, with an address.
 */
export function bodyOfForm({ fields, files }: Form): object {
  const body: Record<string, unknown> = {};
  const addresses: string[] = [];
  for (const [field, value] of fields) {
    if (pictureField.test(field)) addresses.push(value);
    else body[field] = fieldValue(field, value);
  }
  if (files.some(([field]) => field === 'mask')) body.mask = true;
  return addresses.length === 0 ? body : { ...body, image: addresses };
}

/** The files to change. What they are is found out by their bytes. */
export function picturesOfForm({ files }: Form): readonly ImagePart[] {
  const pictures = files.filter(([field]) => pictureField.test(field));
  return pictures.map(([, { bytes }], index) => {
    const field = pictures.length === 1 ? 'image' : `image[${index}]`;
    return { type: 'image', url: `form:${field}`, field, bytes };
  });
}

function fieldValue(field: string, text: string): unknown {
  if (numbers.has(field) && /^-?\d{1,9}$/.test(text)) return Number(text);
  if (switches.has(field) && /^(?:true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  return text === '' ? null : text;
}
