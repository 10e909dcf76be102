/** What sets one model of the catalogue apart. */
interface ModelSpec {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly contextLength: number;
  readonly chatTypes: readonly string[];
  readonly vision: boolean;
  readonly thinking: boolean;
  readonly active?: boolean;
}

const everything = ['t2t', 't2v', 't2i', 'image_edit', 'search', 'artifacts', 'web_dev', 'deep_research'];

// The ids and sizes are the known ones (qwen-web §2); the texts are ours.
const specs: readonly ModelSpec[] = [
  {
    id: 'qwen3.7-plus',
    name: 'Qwen3.7-Plus',
    description: 'Text, pictures, video and sound.',
    contextLength: 1_000_000,
    chatTypes: everything,
    vision: true,
    thinking: true,
  },
  {
    id: 'qwen3.8-max',
    name: 'Qwen3.8-Max',
    description: 'The largest one.',
    contextLength: 1_000_000,
    chatTypes: everything,
    vision: true,
    thinking: true,
  },
  {
    id: 'qwen3.7-max',
    name: 'Qwen3.7-Max',
    description: 'Text and documents only.',
    contextLength: 1_000_000,
    chatTypes: ['t2t', 't2i', 'search', 'deep_research'],
    vision: false,
    thinking: true,
  },
  {
    id: 'qwen3.5-omni-plus',
    name: 'Qwen3.5-Omni-Plus',
    description: 'Hears and sees, and does not think first.',
    contextLength: 262_144,
    chatTypes: ['t2t', 'search'],
    vision: true,
    thinking: false,
  },
  {
    id: 'qwen3-coder-plus',
    name: 'Qwen3-Coder',
    description: 'For code.',
    contextLength: 1_048_576,
    chatTypes: ['t2t', 'artifacts', 'web_dev', 'search'],
    vision: true,
    thinking: false,
  },
  {
    id: 'qwen-retired-test',
    name: 'Retired',
    description: 'No longer offered.',
    contextLength: 32_768,
    chatTypes: ['t2t'],
    vision: false,
    thinking: false,
    active: false,
  },
];

const byId = new Map(specs.map((spec) => [spec.id, spec]));

/** The items of the model list, the inactive one included (qwen-web §2). */
export const catalogue: readonly object[] = specs.map(describe);

/** Whether the upstream would answer with this model. */
export function isOffered(model: string): boolean {
  const spec = byId.get(model);
  return spec !== undefined && spec.active !== false;
}

export function canThink(model: string): boolean {
  return byId.get(model)?.thinking === true;
}

function describe(spec: ModelSpec): object {
  const meta = {
    profile_image_url: '/static/favicon.png',
    description: spec.description,
    capabilities: {
      vision: spec.vision,
      document: true,
      video: spec.vision,
      audio: spec.vision,
      citations: true,
      thinking: spec.thinking,
      thinking_budget: spec.thinking,
      search: spec.chatTypes.includes('search'),
    },
    short_description: spec.description,
    max_context_length: spec.contextLength,
    max_generation_length: 65_536,
    abilities: { document: 1, ...(spec.vision ? { vision: 1 } : {}), ...(spec.thinking ? { thinking: 3 } : {}) },
    auto_thinking: spec.thinking,
    auto_search: true,
    thinking_format: 'summary',
    chat_type: spec.chatTypes,
    mcp: ['image-generation', 'code-interpreter'],
    modality: ['text', 'image', 'video'],
    is_single_round: 0,
    think_skip: { enable: true },
  };
  return {
    id: spec.id,
    name: spec.name,
    object: 'model',
    owned_by: 'qwen',
    info: {
      id: spec.id,
      user_id: '00000000-0000-4000-8000-000000000000',
      base_model_id: null,
      name: spec.name,
      meta,
      params: {},
      access_control: null,
      is_active: spec.active !== false,
      is_visitor_active: spec.active !== false,
      created_at: 1_780_000_000,
      updated_at: 1_787_000_000,
    },
    preset: true,
    action_ids: [],
  };
}
