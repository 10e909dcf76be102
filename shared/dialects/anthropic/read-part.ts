import type { ContentPart } from '../../chat/request.ts';
import type { BlockBody } from './block-body.ts';
import { readDocument } from './read-document.ts';
import { readImage } from './read-image.ts';

/**
 * Reads one block of a user's message or of a tool's result; nothing for what is not content.
 *
 * @param path of the block in the body.
 * @throws InvalidRequestError for a picture or document that can't be had.
 */
export function readPart(block: BlockBody, path: string): readonly ContentPart[] {
  switch (block.type) {
    case 'text':
      return block.text === '' ? [] : [{ type: 'text', text: block.text }];
    case 'image':
      return [readImage(block.source, `${path}.source`)];
    case 'document':
      return readDocument(block, `${path}.source`);
    case 'search_result': {
      const words = block.content.map(({ text }) => text);
      return [{ type: 'text', text: [block.title, block.source, ...words].join('\n') }];
    }
    case 'tool_reference':
      // The reference is all that the result holds, and means nothing to a model that doesn't know the mechanism.
      return [{ type: 'text', text: `The tool ${block.tool_name} is loaded now and can be called.` }];
    default:
      return [];
  }
}
