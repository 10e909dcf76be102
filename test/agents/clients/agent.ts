/** A coding agent from npm, and how it is told to use a gateway. */
export interface Agent {
  /** Also the name of its page. */
  readonly name: string;
  readonly title: string;
  /** Its package on npm. */
  readonly package: string;
  /** Exactly this one is installed. */
  readonly version: string;
  /** The program in `node_modules/.bin`. */
  readonly command: string;
  /** Tools that it declares and that no model is to see: run by OpenAI itself, or never to be called. */
  readonly hiddenTools?: readonly string[];
  /** Whether it has models of its own to ask for when nobody names one. */
  readonly hasOwnModels?: boolean;
  /** Everything it is told for one task without a person. */
  settingsFor(task: AgentTask): AgentSettings;
}

export interface AgentTask {
  /** Without a slash at the end. */
  readonly gatewayUrl: string;
  readonly apiKey: string;
  /** `undefined` leaves the agent to the models that it asks for by itself. */
  readonly model: string | undefined;
  readonly prompt: string;
}

export interface AgentSettings {
  readonly arguments: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  /** Files by their path under the home folder. */
  readonly files: Readonly<Record<string, string>>;
}
