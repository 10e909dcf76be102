import type { ToolChoice, ToolDefinition } from '../../chat/tool.ts';
import { ArgumentsReader } from './arguments-reader.ts';
import { ArgumentsWriter } from './arguments-writer.ts';
import type { CallLog } from './call-log.ts';
import { declaresProperty, takesNothing } from './declared-type.ts';
import type { InputReader } from './input-reader.ts';
import type { JsonSink } from './json/json-sink.ts';
import { TokenBuffer } from './json/token-buffer.ts';
import { TextInputReader } from './text-input-reader.ts';
import { isPlaceholder, type ToolNames } from './tool-names.ts';

/** Why a block is not read as calls: it looks like one only, or it is one and broken. */
export type Refusal = { readonly type: 'look-alike' } | { readonly type: 'broken'; readonly reason: string };

export const lookAlike: Refusal = { type: 'look-alike' };

export interface AssemblerRules {
  readonly names: ToolNames;
  readonly choice: ToolChoice;
  /** Whether nothing but a plain call with a declared name counts: there was no marker. */
  readonly strict: boolean;
}

/** Puts calls together from their parts, which come in any order. */
export class CallAssembler {
  readonly #rules: AssemblerRules;
  readonly #log: CallLog;
  #refusal: Refusal | undefined;
  #definition: ToolDefinition | undefined;
  #unknownName: string | undefined;
  #input: InputReader | undefined;
  /** The arguments, while the name is not known. */
  #early: TokenBuffer | undefined;
  /** What stands beside the name and may be meant as arguments. */
  #beside: TokenBuffer | undefined;
  #hasArguments = false;

  constructor(rules: AssemblerRules, log: CallLog) {
    this.#rules = rules;
    this.#log = log;
  }

  get refused(): boolean {
    if (this.#refusal === undefined && this.#input?.refused === true) this.#breakOff('its arguments are not JSON');
    return this.#refusal !== undefined;
  }

  get refusal(): Refusal | undefined {
    return this.#refusal;
  }

  /** Whether what is open has a declared name or arguments. */
  get isCall(): boolean {
    return this.#definition !== undefined || this.#hasArguments;
  }

  /** Whether the name is, or resembles, that of a declared tool. */
  knows(name: string): boolean {
    return this.#rules.names.guess(name) !== undefined;
  }

  /** What was read can't be a call, or can't be read as one. */
  refuse(refusal: Refusal): void {
    this.#refusal ??= refusal;
  }

  begin(): void {
    this.#definition = undefined;
    this.#unknownName = undefined;
    this.#input = undefined;
    this.#early = undefined;
    this.#beside = undefined;
    this.#hasArguments = false;
  }

  named(name: string): void {
    const { names, strict } = this.#rules;
    if (this.#definition !== undefined) return;
    const found = strict ? names.find(name) : names.guess(name);
    if (found !== undefined) {
      this.#define(found);
      return;
    }
    this.#unknownName = name;
    if (strict || isPlaceholder(name)) this.#refusal = lookAlike;
    else if (this.#hasArguments) this.#refuseName(name);
  }

  /** @returns what takes the value of the arguments. */
  arguments(): JsonSink {
    if (this.#hasArguments) return new TokenBuffer();
    this.#hasArguments = true;
    if (this.#unknownName !== undefined) this.#refuseName(this.#unknownName);
    this.#early ??= this.#input === undefined ? new TokenBuffer() : undefined;
    return this.#input ?? this.#early ?? new TokenBuffer();
  }

  /** @returns what takes the value of another property. */
  other(key: string): JsonSink {
    const { names, strict } = this.#rules;
    const named = this.#definition === undefined && !this.#hasArguments ? names.find(key) : undefined;
    if (strict) this.#refusal = lookAlike;
    else if (named !== undefined && this.#unknownName === undefined && this.#beside === undefined) {
      this.#define(named);
      return this.arguments();
    }
    if (this.#definition?.input === 'json' && !declaresProperty(this.#definition.parameters, key))
      return new TokenBuffer();
    this.#beside ??= new TokenBuffer();
    this.#beside.key(key);
    return this.#beside;
  }

  /** The call is whole. */
  end(): void {
    if (this.#definition === undefined) this.#inferName();
    const definition = this.#definition;
    if (definition === undefined || this.refused) return;
    if (this.#rules.strict && !this.#hasArguments && !takesNothing(definition.parameters)) {
      this.#refusal = lookAlike;
      return;
    }
    if (!this.#hasArguments) this.#useBeside();
    this.#input?.finish();
    this.drain();
    if (this.refused) return;
    this.#log.end();
    this.begin();
  }

  /** Gives what was read of the arguments to the log. */
  drain(): void {
    const text = this.#input?.take() ?? '';
    if (text !== '') this.#log.delta(text);
  }

  #define(definition: ToolDefinition): void {
    this.#definition = definition;
    this.#log.start(definition);
    this.#input =
      definition.input === 'text'
        ? new TextInputReader()
        : new ArgumentsReader(new ArgumentsWriter(definition.parameters));
    this.#early?.replay(this.#input);
  }

  #inferName(): void {
    const { choice, names, strict } = this.#rules;
    if (strict || !this.#hasArguments) {
      this.#refusal = lookAlike;
      return;
    }
    const only = choice.type === 'tool' ? names.find(choice.name) : names.only;
    if (only === undefined)
      this.#refusal = { type: 'broken', reason: 'The model made a tool call that names no tool.' };
    else this.#define(only);
  }

  #useBeside(): void {
    if (this.#beside === undefined || this.#input === undefined) return;
    this.#input.openObject();
    this.#beside.replay(this.#input);
    this.#input.closeObject();
  }

  #refuseName(name: string): void {
    this.#refusal = { type: 'broken', reason: `The model called a tool that is not declared: ${name.slice(0, 100)}` };
  }

  #breakOff(what: string): void {
    const name = this.#definition?.name ?? 'a tool';
    this.#refusal = { type: 'broken', reason: `The model's call of ${name} can't be read: ${what}.` };
  }
}
