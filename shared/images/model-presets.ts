/** What a model's name says beside the model. */
export interface ModelPreset {
  /** Whether a Qwen model of this name is meant; the others stand for the gateway's default. */
  readonly isQwen: boolean;
  /** How pictures are given when the request does not say (client-apis C.1). */
  readonly form: 'url' | 'b64_json';
  /** Characters of a prompt, as OpenAI counts them for this model. */
  readonly promptLimit: number;
  /** Whether every picture is asked for in high detail. */
  readonly isDetailed?: true;
}

const qwen: ModelPreset = { isQwen: true, form: 'url', promptLimit: 32_000 };
const gptImage: ModelPreset = { isQwen: false, form: 'b64_json', promptLimit: 32_000 };

/** The names that OpenAI's clients know. All of them are made by the gateway's default model. */
const presets: ReadonlyMap<string, ModelPreset> = new Map<string, ModelPreset>([
  ['dall-e-2', { isQwen: false, form: 'url', promptLimit: 1000 }],
  ['dall-e-3', { isQwen: false, form: 'url', promptLimit: 4000 }],
  ['dall-e-3-hd', { isQwen: false, form: 'url', promptLimit: 4000, isDetailed: true }],
  ['gpt-image-1', gptImage],
  ['gpt-image-1.5', gptImage],
]);

/** @param name as the client wrote it. Newer models of a family that is known are like its others. */
export function presetOf(name: string): ModelPreset {
  const lowerCase = name.toLowerCase();
  return presets.get(lowerCase) ?? (/^(?:chatgpt|gpt)-image\b/.test(lowerCase) ? gptImage : qwen);
}
