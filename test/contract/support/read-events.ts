/** One event of a stream as any client reads it. */
export interface ReadEvent {
  readonly name: string;
  readonly data: string;
}

/** Reads a whole stream of server-sent events. Comments say nothing. @throws Error for what is no event. */
export function readEvents(body: string): readonly ReadEvent[] {
  const blocks = body.split('\n\n');
  // Behind an error some streams break off on purpose (clients §6).
  blocks.pop();
  return blocks.flatMap(readBlock);
}

function readBlock(block: string): readonly ReadEvent[] {
  let name = 'message';
  const data: string[] = [];
  for (const line of block.split('\n')) {
    if (line.startsWith(':')) continue;
    const [, field, value = ''] = /^(event|data|id): ?(.*)$/.exec(line) ?? [];
    if (field === undefined) throw new Error(`A line of the stream is none: ${line}`);
    if (field === 'event') name = value;
    if (field === 'data') data.push(value);
  }
  return data.length === 0 ? [] : [{ name, data: data.join('\n') }];
}
