import type { ImageEvent, VideoEvent } from '../../chat/event.ts';
import { linkTarget } from './markdown.ts';

/**
 * A picture or video as a paragraph of its own in the text of an answer.
 *
 * @param behindText whether text stands before it.
 */
export function mediaMarkdown(event: ImageEvent | VideoEvent, behindText: boolean): string {
  const target = linkTarget(event.url);
  const paragraph = event.type === 'image' ? `![Image](${target})` : `[Video](${target})`;
  return `${behindText ? '\n\n' : ''}${paragraph}\n\n`;
}
