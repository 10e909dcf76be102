/** What a caller of a chat route got, in the words of a fault table. */
export interface Outcome {
  readonly status: number;
  /** `error.code`, of the body or in the stream; `–` without an error. */
  readonly code: string;
  readonly retryAfter: string;
  readonly shouldRetry: string;
  /** Text that arrived, before an error or in all. */
  readonly text: string;
  /** Whether the success terminator came. */
  readonly done: boolean;
}

interface Envelope {
  readonly error?: { readonly code?: string };
  readonly choices?: readonly { readonly delta?: { content?: string }; readonly message?: { content?: string } }[];
}

/** Reads a whole or streamed answer, good or not. */
export async function readOutcome(response: Response): Promise<Outcome> {
  const body = await response.text();
  const streamed = response.headers.get('content-type')?.includes('event-stream') === true;
  const documents = streamed ? dataLines(body) : [body];
  const envelopes = documents.filter((line) => line !== '[DONE]').map((line): Envelope => JSON.parse(line));
  return {
    status: response.status,
    code: envelopes.find(({ error }) => error !== undefined)?.error?.code ?? '–',
    retryAfter: response.headers.get('retry-after') ?? '–',
    shouldRetry: response.headers.get('x-should-retry') ?? '–',
    text: envelopes.map(({ choices }) => choices?.[0]?.delta?.content ?? choices?.[0]?.message?.content ?? '').join(''),
    done: streamed ? documents.at(-1) === '[DONE]' : response.status === 200,
  };
}

function dataLines(body: string): readonly string[] {
  return body
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => line.slice('data: '.length));
}
