import { type AspectRatio, aspectRatios, readAspectRatio } from '../../chat/aspect-ratio.ts';
import { InvalidRequestError, UnsupportedParameterError } from '../../chat/errors/request-errors.ts';
import type { ToolDefinition } from '../../chat/tool.ts';
import type { ImageToolBody } from './image-tool-body.ts';

/** What a request says of the pictures that its answer may hold. */
export interface ImageTool {
  /** Whether a picture is the answer. Otherwise the model calls for one, as for any tool. */
  readonly isDemanded: boolean;
  /** The model that is to make it, when the tool names one of the upstream's. */
  readonly model?: string;
  readonly aspectRatio?: AspectRatio;
  readonly isDetailed: boolean;
  readonly isOpaque: boolean;
  readonly action: 'auto' | 'generate' | 'edit';
}

/** The tool as the model is told of it. */
export const imageToolDefinition: ToolDefinition = {
  name: 'image_generation',
  description:
    'Makes a picture and shows it to the user, who sees it right after your answer. Call it whenever the user wants a ' +
    'picture, drawing, logo or photo made or changed; never write markup or code of a picture instead.',
  parameters: {
    type: 'object',
    properties: {
      prompt: {
        type: 'string',
        description: 'The whole picture in words: subject, style, light, colors, composition.',
      },
      change: {
        type: 'boolean',
        description: 'true to change the newest picture of the conversation, false to make a new one.',
      },
    },
    required: ['prompt'],
  },
  input: 'json',
};

/** OpenAI's names stand for the gateway's own choice. */
const openAiModel = /^(?:dall-e|(?:chatgpt|gpt)-image)\b/i;
const detailed: ReadonlySet<string> = new Set(['high', 'xhigh', 'max', 'hd']);
const unknownFormats: ReadonlySet<string> = new Set(['gif', 'svg']);

/**
 * Reads the tool `image_generation`. What only changes how a file is packed is taken: the answer tells what it is.
 *
 * @param path of the tool in the body.
 * @throws InvalidRequestError, and UnsupportedParameterError for what no picture of the upstream's can have.
 */
export function readImageTool(tool: ImageToolBody, path: string, isDemanded: boolean): ImageTool {
  refuse(tool.background === 'transparent', path, 'background', 'Qwen’s pictures have no transparent background.');
  const format = tool.output_format ?? 'png';
  refuse(unknownFormats.has(format), path, 'output_format', `Qwen makes no ${format}: ask for png, jpeg or webp.`);
  const hasMask = tool.input_image_mask !== undefined && tool.input_image_mask !== null;
  refuse(hasMask, path, 'input_image_mask', 'Qwen takes no mask: say in words which part of the picture to change.');
  const aspectRatio = readShape(tool.size, `${path}.size`);
  const { model } = tool;
  return {
    isDemanded,
    isDetailed: detailed.has(tool.quality ?? ''),
    isOpaque: tool.background === 'opaque',
    action: tool.action ?? 'auto',
    ...(model && !openAiModel.test(model) && { model }),
    ...(aspectRatio && { aspectRatio }),
  };
}

function readShape(size: string | null | undefined, param: string): AspectRatio | undefined {
  if (!size || size === 'auto') return undefined;
  const shape = readAspectRatio(size);
  if (shape !== undefined) return shape;
  throw new InvalidRequestError(
    `'${param}' must be pixels such as 1024x1536, one of the ratios ${aspectRatios.join(', ')}, or auto.`,
    { param },
  );
}

function refuse(isAsked: boolean, path: string, field: string, words: string): void {
  if (isAsked) throw new UnsupportedParameterError(words, { param: `${path}.${field}` });
}
