import { randomUUID } from 'node:crypto';
import { isRecord, textField } from '../json-value.ts';
import type { AttachedText } from './read-prompt.ts';

/** A completion body, as far as the simulator acts on it (qwen-web §4.1). */
export interface CompletionRequest {
  readonly model: string;
  readonly stream: boolean;
  readonly parentId: string | null;
  /** The shape of a picture or video. */
  readonly size?: string | undefined;
  readonly message: CompletionMessage;
}

export interface CompletionMessage {
  readonly id: string;
  readonly role: string;
  readonly text: string;
  readonly chatType: string;
  readonly files: readonly CompletionFile[];
  readonly thinking: boolean;
  /** Whether thinking comes raw instead of summarised. */
  readonly rawThinking: boolean;
  /** Whether `output_schema` asks for phases. */
  readonly phases: boolean;
}

export interface CompletionFile {
  readonly type: string;
  readonly name: string;
  /** Of an upload; a picture that lies elsewhere has none. */
  readonly id: string | undefined;
  /** Bytes, once the upload was found. */
  readonly size?: number;
  /** Once the upload was found: all of them, or the first of a large file. */
  readonly bytes?: Buffer;
  readonly contentType?: string | undefined;
}

/** Reads a body whose only fault may be its number of messages, or says which refusal it gets. */
export function readCompletion(
  body: unknown,
): CompletionRequest | 'validation-error' | 'bad-request-too-many-messages' {
  const model = textField(body, 'model');
  if (!isRecord(body) || model === undefined || !Array.isArray(body.messages)) {
    return 'validation-error';
  }
  const [message] = body.messages;
  if (body.messages.length !== 1) {
    return 'bad-request-too-many-messages';
  }
  if (!isRecord(message)) {
    return 'validation-error';
  }
  return {
    model,
    stream: body.stream !== false,
    parentId: textField(body, 'parent_id') ?? null,
    size: textField(body, 'size'),
    message: readMessage(message),
  };
}

/** What a message's files say in plain words. */
export function attachedTexts({ files }: CompletionMessage): readonly AttachedText[] {
  return files.flatMap(({ name, bytes, contentType }) =>
    bytes !== undefined && contentType?.startsWith('text/') === true ? [{ name, bytes }] : [],
  );
}

function readMessage(message: Record<string, unknown>): CompletionMessage {
  const features = isRecord(message.feature_config) ? message.feature_config : {};
  return {
    id: textField(message, 'fid') ?? randomUUID(),
    role: textField(message, 'role') ?? 'user',
    text: readContent(message.content),
    chatType: textField(message, 'chat_type') ?? 't2t',
    files: Array.isArray(message.files) ? message.files.map(readFile) : [],
    thinking: features.thinking_enabled === true,
    rawThinking: textField(features, 'thinking_format')?.startsWith('detail') === true,
    phases: features.output_schema === 'phase',
  };
}

function readContent(content: unknown): string {
  if (Array.isArray(content)) {
    return content.map((piece) => textField(piece, 'text') ?? '').join('');
  }
  return typeof content === 'string' ? content : '';
}

function readFile(file: unknown): CompletionFile {
  const type = textField(file, 'type') ?? 'file';
  const path = textField(file, 'url')?.split('?')[0]?.split('/');
  return { type, name: textField(file, 'name') ?? path?.at(-1) ?? type, id: textField(file, 'id') };
}
