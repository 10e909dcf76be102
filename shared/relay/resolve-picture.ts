import { InvalidRequestError, UnsupportedParameterError } from '../chat/errors/request-errors.ts';
import { mediaOf } from '../chat/media-of.ts';
import { messagesToSend } from '../chat/new-messages.ts';
import type { ChatMessage } from '../chat/request.ts';
import { noTools } from '../chat/tool.ts';
import type { ResolvedChatRequest } from '../chat/upstream.ts';

type UnsettledRequest = Omit<ResolvedChatRequest, 'features'>;

/**
 * Settles a request for a picture. Whether the messages hold one decides between making and changing, because clients
 * have one model name for both. Offers of tools, and limits of tokens, come from clients that send them with everything:
 * they mean nothing here and are left out.
 *
 * @throws UnsupportedParameterError for demands that no picture can meet, and for models that make none;
 *   InvalidRequestError when nothing says what is to be made.
 */
export function resolvePicture(request: UnsettledRequest): ResolvedChatRequest {
  refuseDemands(request);
  const output = messagesToSend(request).some(holdsPicture) ? 'image-edit' : 'image';
  refuseUnable(request, output);
  if (output === 'image') refuseNoWords(request);
  // A changed picture keeps its shape unless another one is wanted.
  const aspectRatio = request.aspectRatio ?? (output === 'image' ? '1:1' : undefined);
  return {
    ...request,
    ...(aspectRatio !== undefined && { aspectRatio }),
    output,
    tools: noTools,
    limits: { stopSequences: [] },
    features: { thinking: false, search: false },
  };
}

function holdsPicture(message: ChatMessage): boolean {
  return mediaOf(message).some(({ type }) => type === 'image');
}

function refuseNoWords(request: UnsettledRequest): void {
  const hasWords = messagesToSend(request).some(
    ({ role, content }) => role === 'user' && content.some((part) => part.type === 'text' && part.text.trim() !== ''),
  );
  if (!hasWords) throw new InvalidRequestError('The prompt is empty: say what the picture is to show.');
}

function refuseDemands({ format, tools }: UnsettledRequest): void {
  const { type } = tools.choice;
  if (format.type !== 'text') throw unsupported('response_format', 'A picture is no JSON: leave response_format out.');
  if (type === 'required' || type === 'tool') {
    throw unsupported('tool_choice', 'A request for a picture can’t call tools: leave tool_choice out.');
  }
}

function refuseUnable({ target }: UnsettledRequest, output: 'image' | 'image-edit'): void {
  const { image, imageEdit } = target.capabilities;
  if (output === 'image' ? image : imageEdit) return;
  const what = output === 'image' ? 'make pictures' : 'change pictures';
  throw unsupported('model', `The model ${target.id} can’t ${what}. GET /v1/models lists those that can.`);
}

function unsupported(param: string, message: string): UnsupportedParameterError {
  return new UnsupportedParameterError(message, { param });
}
