import * as z from 'zod/mini';

const text = z.nullish(z.string());

/** The fields that all requests for pictures share; `null` stands for an absent one. Others, as `user`, are ignored. */
const commonFields = {
  model: text,
  n: z.nullish(z.int()),
  size: text,
  quality: z.nullish(z.enum(['standard', 'hd', 'low', 'medium', 'high', 'xhigh', 'max', 'auto'])),
  style: z.nullish(z.enum(['vivid', 'natural'])),
  response_format: z.nullish(z.enum(['url', 'b64_json'])),
  output_format: z.nullish(z.enum(['png', 'jpeg', 'webp'])),
  output_compression: z.nullish(z.int()),
  background: z.nullish(z.enum(['auto', 'opaque', 'transparent'])),
  stream: z.nullish(z.boolean()),
  art_style: text,
  artist: text,
  photography_style: text,
  lighting: text,
  subject: text,
  camera_settings: text,
  composition: text,
  resolution: text,
  color: text,
  special_effects: text,
};

/** `POST /v1/images/generations`. */
export const generationBody = z.object({ ...commonFields, prompt: z.string() });

const address = z.union([z.string(), z.object({ url: z.string() })]);
const listed = z.object({ image_url: z.nullish(address), file_id: text });

/** `POST /v1/images/edits`, as JSON; a form is brought into the same shape. */
export const editBody = z.object({
  ...commonFields,
  prompt: text,
  image: z.nullish(z.union([z.string(), z.array(z.string())])),
  images: z.nullish(z.array(z.union([z.string(), listed]))),
  mask: z.nullish(z.unknown()),
});

const commonBody = z.object(commonFields);

export type CommonBody = z.output<typeof commonBody>;
export type EditBody = z.output<typeof editBody>;
