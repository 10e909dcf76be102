import type { StreamWriter } from '../chat/dialect.ts';
import { toGatewayError } from '../chat/errors/internal-error.ts';
import type { AfterAnswer } from './after-answer.ts';
import type { Sequel } from './sequel.ts';
import type { ServedAnswer } from './served-answer.ts';

/** A streamed answer whose head may still be held back. */
export interface StreamedAnswer {
  /** Resolves with the first visible event. */
  readonly held: Promise<ServedAnswer>;
  /** Whether the caller is to see the stream open before that. */
  readonly openEarly: boolean;
  readonly writer: StreamWriter;
  readonly after: AfterAnswer;
  /** Ends the work that follows the answer. */
  readonly signal: AbortSignal;
  /** Told of a failure that the caller has seen in the stream. */
  readonly onFailure: (error: unknown) => void;
  /** Told of the end, however it came; without an answer when none was to be had. */
  readonly onEnd: (served: ServedAnswer | undefined) => void;
}

/**
 * The bytes of a streamed answer. Never throws: what goes wrong becomes the dialect's in-band error, without the
 * success terminator.
 */
export async function* streamAnswer(answer: StreamedAnswer): AsyncGenerator<string, void, undefined> {
  const { writer } = answer;
  let served: ServedAnswer | undefined;
  let opening = writer.open();
  try {
    if (answer.openEarly) {
      // Some dialects open with ids that only the upstream knows; an empty event opens the stream as well.
      yield opening === '' ? writer.idle() : opening;
      opening = '';
    }
    served = await answer.held;
    yield* streamServed(served, opening, answer);
  } catch (error) {
    answer.onFailure(error);
    yield writer.fail(toGatewayError(error));
  } finally {
    if (served === undefined) answer.after.left(answer.held);
    answer.onEnd(served);
  }
}

async function* streamServed(
  served: ServedAnswer,
  opening: string,
  answer: StreamedAnswer,
): AsyncGenerator<string, void, undefined> {
  const { writer, after } = answer;
  let pending = opening;
  let settle = () => after.discard(served);
  try {
    for await (const batch of served.events) {
      const piece = pending + writer.write(batch);
      pending = '';
      if (piece !== '') yield piece;
    }
    if (served.sequel?.isDue !== true) await after.keep(served);
    settle = () => after.finished(served);
    if (served.sequel?.isDue !== true) yield pending + writer.close();
  } catch (error) {
    settle = () => after.broken(served, error);
    throw error;
  } finally {
    settle();
  }
  if (served.sequel?.isDue === true) yield* streamSequel(served, served.sequel, answer);
}

/** The account is free by now, so that the work may take it again. */
async function* streamSequel(
  served: ServedAnswer,
  sequel: Sequel,
  { writer, after, signal }: StreamedAnswer,
): AsyncGenerator<string, void, undefined> {
  for await (const batch of sequel.follow(signal)) {
    const piece = writer.write(batch);
    if (piece !== '') yield piece;
  }
  await after.keep(served);
  yield writer.close();
}
