import type { ContentPart, FilePart, TextPart } from '../../chat/request.ts';
import { storedSource } from '../../chat/stored-source.ts';
import type { DocumentBody } from './block-body.ts';
import { checkedUrl, dataUri, readImage } from './read-image.ts';

/**
 * Reads a document: text stays text, anything else is attached as a file. Title and context stand before it.
 *
 * @param path of the source in the body.
 * @throws InvalidRequestError naming the field.
 */
export function readDocument({ source, title, context }: DocumentBody, path: string): readonly ContentPart[] {
  const file = (url: string, key: string): FilePart => ({
    type: 'file',
    url,
    field: `${path}.${key}`,
    ...(title && { name: title }),
  });
  switch (source.type) {
    case 'base64':
      return [...heading(context), file(dataUri(source.media_type, source.data), 'data')];
    case 'url':
      return [...heading(context), file(checkedUrl(source.url, `${path}.url`), 'url')];
    case 'text':
      return [...heading(title, context), textPart(source.data)];
    case 'content': {
      if (typeof source.content === 'string') return [...heading(title, context), textPart(source.content)];
      const parts = source.content.map((block, index) =>
        block.type === 'text' ? textPart(block.text) : readImage(block.source, `${path}.content[${index}].source`),
      );
      return [...heading(title, context), ...parts];
    }
    case 'file':
      return [
        ...heading(context),
        { type: 'file', ...storedSource(source.file_id, `${path}.file_id`), ...(title && { name: title }) },
      ];
  }
}

function heading(...lines: readonly (string | null | undefined)[]): readonly TextPart[] {
  const text = lines.filter((line) => line).join('\n');
  return text === '' ? [] : [textPart(text)];
}

function textPart(text: string): TextPart {
  return { type: 'text', text };
}
