/** One event of a stream. */
export interface ServerSentEvent {
  /** The field `event`; `undefined` where a dialect names none. */
  readonly name: string | undefined;
  readonly data: string;
}

/**
 * Reads a whole event stream as strictly as the strictest client.
 *
 * @throws Error for comments, which some clients choke on, and for everything else that is neither `event` nor `data`.
 */
export function readServerSentEvents(body: string): readonly ServerSentEvent[] {
  const blocks = body.replaceAll('\r\n', '\n').split('\n\n');
  if (blocks.pop() !== '') throw new Error(`The stream ends within an event: ${body.slice(-100)}`);
  return blocks.map(readEvent);
}

function readEvent(block: string): ServerSentEvent {
  let name: string | undefined;
  const data: string[] = [];
  for (const line of block.split('\n')) {
    const [, field, value = ''] = /^(event|data): ?(.*)$/.exec(line) ?? [];
    if (field === undefined) throw new Error(`A line of the stream is neither event nor data: ${line}`);
    if (field === 'event') name = value;
    else data.push(value);
  }
  return { name, data: data.join('\n') };
}
