import type { ImageEvent } from '../../chat/event.ts';
import { pictureInText } from '../../chat/picture-in-text.ts';
import { GeneratedMedia } from './generated-media.ts';
import { isJsonObject, type JsonObject, listField, textField } from './json-fields.ts';
import { messagesOf } from './video-task.ts';

/**
 * Finds the pictures that the upstream keeps of an answer, where its stream has shown none (qwen-web §5.1): in the list
 * of its parts, which have the form of frames, or in its text.
 *
 * @param detail the chat's.
 * @param responseId the answer; all answers of the chat when it is not known.
 */
export function picturesOf(detail: JsonObject | undefined, responseId: string | undefined): readonly ImageEvent[] {
  const answers = messagesOf(detail).filter((message) => isAnswer(message, responseId));
  return answers.flatMap((message) => {
    const inParts = partPictures(message);
    return inParts.length > 0 ? inParts : textPictures(textField(message, 'content'));
  });
}

function isAnswer(message: JsonObject, responseId: string | undefined): boolean {
  if (message.role !== 'assistant') return false;
  return responseId === undefined || message.id === responseId;
}

/** The pictures in the parts of a stored message. */
export function partPictures(message: JsonObject): readonly ImageEvent[] {
  const media = new GeneratedMedia();
  return (listField(message, 'content_list') ?? []).filter(isJsonObject).flatMap((part) => {
    const events = media.read(textField(part, 'phase') ?? '', part);
    return events.filter((event) => event.type === 'image');
  });
}

function textPictures(text: string | undefined): readonly ImageEvent[] {
  const url = text === undefined ? undefined : pictureInText(text);
  return url === undefined ? [] : [{ type: 'image', url }];
}
