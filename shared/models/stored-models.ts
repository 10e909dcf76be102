import * as z from 'zod/mini';
import type { Model } from '../chat/model.ts';

const storedModels = z.array(
  z.object({
    id: z.string(),
    displayName: z.string(),
    description: z.exactOptional(z.string()),
    ownedBy: z.string(),
    createdAt: z.number(),
    contextLength: z.exactOptional(z.number()),
    maxOutputTokens: z.exactOptional(z.number()),
    capabilities: z.object({
      thinking: z.boolean(),
      search: z.boolean(),
      vision: z.boolean(),
      image: z.boolean(),
      imageEdit: z.boolean(),
      video: z.boolean(),
    }),
  }),
);

/** Reads the catalogue that a function stored; `undefined` when another version of the gateway stored another form. */
export function parseStoredModels(text: string): readonly Model[] | undefined {
  try {
    return storedModels.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
