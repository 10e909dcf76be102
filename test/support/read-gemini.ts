/** What of a Gemini answer or chunk the tests look at. */
export interface GeminiAnswer {
  readonly candidates?: readonly GeminiCandidate[];
  readonly usageMetadata?: object;
  readonly error?: GeminiError;
}

interface GeminiCandidate {
  readonly content: { readonly parts: readonly { readonly text?: string; readonly thought?: boolean }[] };
  readonly finishReason?: string;
}

interface GeminiError {
  readonly code: number;
  readonly status: string;
  readonly message: string;
  readonly details: readonly Readonly<Record<string, unknown>>[];
}

/** The chunks of a stream of events, or the elements of a JSON array. */
export async function readChunks(response: Response): Promise<readonly GeminiAnswer[]> {
  const body = await response.text();
  if (response.headers.get('content-type')?.includes('event-stream') !== true) return JSON.parse(body);
  const records = body.split('\n\n');
  // Only behind an error stands a record that never ends.
  const wantedEnd = records.at(-2)?.startsWith('data: {"error"') === true ? 'data: {' : '';
  if (records.pop() !== wantedEnd) throw new Error('The last record has no end, or one that it should not have.');
  return records.map((record) => {
    if (!/^data: .*$/.test(record)) throw new Error(`not one data line: ${record}`);
    return JSON.parse(record.slice('data: '.length));
  });
}

/** The words of an answer, thoughts aside. */
export function wordsOf(answers: readonly GeminiAnswer[]): string {
  const parts = answers.flatMap(({ candidates }) => candidates?.[0]?.content.parts ?? []);
  return parts.map(({ text = '', thought = false }) => (thought ? '' : text)).join('');
}
