/** A model as an upstream offers it. */
export interface Model {
  /** The id that the upstream takes. */
  readonly id: string;
  /** The readable name. */
  readonly displayName: string;
  readonly description?: string;
  readonly ownedBy: string;
  /** Epoch seconds. */
  readonly createdAt: number;
  /** Tokens of input and output together. */
  readonly contextLength?: number;
  readonly maxOutputTokens?: number;
  readonly capabilities: ModelCapabilities;
}

/** What a model can do, as far as the gateway offers it. */
export interface ModelCapabilities {
  readonly thinking: boolean;
  readonly search: boolean;
  readonly vision: boolean;
  readonly image: boolean;
  readonly imageEdit: boolean;
  readonly video: boolean;
}
