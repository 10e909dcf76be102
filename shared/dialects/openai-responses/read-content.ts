import type { ContentPart } from '../../chat/request.ts';
import { readAddressOrId, readAudio, readFile } from '../read-media.ts';
import type { ContentBody, PartBody } from './content-body.ts';

/**
 * Reads content. Parts of unknown kinds are left out.
 *
 * @param path of the content in the body, as `input[0].content`.
 * @throws InvalidRequestError for media that can't be fetched.
 */
export function readContent(content: ContentBody, path: string): readonly ContentPart[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return content.flatMap((part, index) => readPart(part, `${path}[${index}]`));
}

/** The texts among the parts, as paragraphs of their own. */
export function joinTexts(parts: readonly ContentPart[]): string {
  return parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
}

function readPart(part: PartBody, path: string): readonly ContentPart[] {
  switch (part.type) {
    case 'refusal':
      return [{ type: 'text', text: part.refusal }];
    case 'input_image':
      return [{ type: 'image', ...readAddressOrId(part.image_url, part.file_id, path, 'image_url') }];
    case 'input_video':
      return [{ type: 'video', ...readAddressOrId(part.video_url, part.file_id, path, 'video_url') }];
    case 'input_file':
      return [readFile(part, path)];
    case 'input_audio':
      return [readAudio(part.input_audio, `${path}.input_audio.data`)];
    case 'other':
      return [];
    default:
      return [{ type: 'text', text: part.text }];
  }
}
