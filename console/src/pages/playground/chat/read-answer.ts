import type { ServerEvent } from '../../../api/event-stream.ts';
import { brokenError, readErrorBody } from '../../../api/gateway-error.ts';
import type { AnswerTurn, AnswerUsage, Call, Source } from './turn.ts';

interface CallDelta {
  readonly index: number;
  readonly id?: string;
  readonly function?: { readonly name?: string; readonly arguments?: string };
}

interface Delta {
  readonly content?: string | null;
  readonly reasoning_content?: string | null;
  readonly tool_calls?: readonly CallDelta[];
  readonly annotations?: readonly { readonly url_citation?: Source }[];
}

/** A chunk of a streamed answer, as far as it is read here. */
interface Chunk {
  readonly error?: unknown;
  readonly usage?: AnswerUsage | null;
  readonly choices?: readonly { readonly delta?: Delta; readonly finish_reason?: string | null }[];
}

/**
 * Writes a streamed answer down as it comes.
 *
 * @param elapsed milliseconds since it was asked for.
 * @throws GatewayError that the stream itself tells, or when it ends without having ended well.
 */
export async function readAnswer(
  events: AsyncIterable<ServerEvent>,
  answer: AnswerTurn,
  elapsed: () => number,
): Promise<void> {
  for await (const { data } of events) {
    if (data === '[DONE]') return;
    const chunk: Chunk = JSON.parse(data);
    if (chunk.error !== undefined) throw readErrorBody(chunk);
    if (chunk.usage) answer.usage = chunk.usage;
    const choice = chunk.choices?.[0];
    if (choice?.finish_reason) answer.finishReason = choice.finish_reason;
    if (choice?.delta !== undefined) take(choice.delta, answer, elapsed);
  }
  throw brokenError();
}

function take(delta: Delta, answer: AnswerTurn, elapsed: () => number): void {
  const { content, reasoning_content: thinking, tool_calls: calls = [], annotations = [] } = delta;
  if (content || thinking || calls.length > 0) answer.firstAfter ??= elapsed();
  if (content) answer.text += content;
  if (thinking) answer.thinking += thinking;
  for (const call of calls) answer.calls = withCall(answer.calls, call);
  const sources = annotations.flatMap(({ url_citation: source }) => source ?? []);
  if (sources.length > 0) answer.sources = [...answer.sources, ...sources];
}

function withCall(calls: readonly Call[], { index, id, function: piece = {} }: CallDelta): readonly Call[] {
  const before = calls[index] ?? { id: '', name: '', arguments: '' };
  const after = {
    id: id ?? before.id,
    name: before.name + (piece.name ?? ''),
    arguments: before.arguments + (piece.arguments ?? ''),
  };
  return calls.length > index ? calls.with(index, after) : [...calls, after];
}
