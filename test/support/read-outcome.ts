import type { FinishReason } from '../../shared/chat/finish-reason.ts';
import type { DialectDoor } from './dialect-doors/dialect-door.ts';
import { dialectDoors } from './dialect-doors/dialect-doors.ts';
import { readServerSentEvents } from './server-sent-events.ts';

/** What a caller of a chat route got, in the words of a fault table. `–` stands for what did not come. */
export interface Outcome {
  readonly status: number;
  /** Of the error, in the body or in the stream. */
  readonly type: string;
  readonly code: string;
  readonly retryAfter: string;
  readonly shouldRetry: string;
  /** Text that arrived, before an error or in all. */
  readonly text: string;
  /** Why a good answer ended. */
  readonly finish: FinishReason | '–';
  /** Whether the success terminator came. */
  readonly done: boolean;
}

/** Reads a whole or streamed answer, good or not. */
export async function readOutcome(
  response: Response,
  door: DialectDoor = dialectDoors['openai-chat'],
): Promise<Outcome> {
  const body = await response.text();
  const streamed = response.headers.get('content-type')?.includes('event-stream') === true;
  const { text, error, finish, terminated } = streamed
    ? door.readStream(readServerSentEvents(withoutTail(body, door)))
    : door.readWhole(body);
  return {
    status: response.status,
    type: error?.type ?? '–',
    code: error?.code ?? '–',
    retryAfter: response.headers.get('retry-after') ?? '–',
    shouldRetry: response.headers.get('x-should-retry') ?? '–',
    text,
    finish: finish ?? '–',
    done: terminated,
  };
}

function withoutTail(body: string, { brokenTail = '' }: DialectDoor): string {
  return body.endsWith(brokenTail) ? body.slice(0, body.length - brokenTail.length) : body;
}
