import * as z from 'zod/mini';

const text = z.nullish(z.string());

/** OpenAI's own tool for pictures. Fields that change nothing here, as `moderation`, are not looked at. */
export const imageTool = z.object({
  type: z.literal('image_generation'),
  model: text,
  action: z.nullish(z.enum(['auto', 'generate', 'edit'])),
  size: text,
  quality: z.nullish(z.enum(['low', 'medium', 'high', 'xhigh', 'max', 'auto', 'standard', 'hd'])),
  background: z.nullish(z.enum(['auto', 'opaque', 'transparent'])),
  output_format: z.nullish(z.enum(['png', 'jpeg', 'webp', 'gif', 'svg'])),
  output_compression: z.nullish(z.int().check(z.gte(0), z.lte(100))),
  partial_images: z.nullish(z.int().check(z.gte(0), z.lte(3))),
  input_image_mask: z.nullish(z.looseObject({})),
});

export type ImageToolBody = z.output<typeof imageTool>;
