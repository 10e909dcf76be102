import type { ChatRequest } from '../chat/request.ts';
import { noTools } from '../chat/tool.ts';
import type { ImageOrder } from './image-order.ts';

/** What the upstream is asked for each picture of an order. */
export function orderRequest({ kind, model, prompt, pictures, aspectRatio }: ImageOrder): ChatRequest {
  return {
    model,
    messages: [{ role: 'user', content: [{ type: 'text', text: prompt }, ...pictures] }],
    features: {},
    limits: { stopSequences: [] },
    format: { type: 'text' },
    tools: noTools,
    output: kind === 'image_edit' ? 'image-edit' : 'image',
    ...(aspectRatio && { aspectRatio }),
  };
}
