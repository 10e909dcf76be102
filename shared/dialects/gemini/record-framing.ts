import type { StreamForm } from './options.ts';

/** Puts the records of one stream one behind the other. */
export interface RecordFraming {
  readonly contentType: string;
  /** A record with all that belongs before and behind it. */
  record(json: string): string;
  /** Behind the last record. */
  readonly end: string;
  /** The same for a stream that has failed. */
  readonly brokenEnd: string;
}

export function makeFraming(form: StreamForm): RecordFraming {
  return form === 'events' ? eventFraming : arrayFraming();
}

/** Nothing but `data:` lines: event names, comments and a `[DONE]` all break one client or another (clients §6). */
const eventFraming: RecordFraming = {
  contentType: 'text/event-stream; charset=utf-8',
  record: (json) => `data: ${json}\n\n`,
  end: '',
  // A record that never ends: Gemini CLI overlooks errors within a stream, but repeats one that stops in mid-record.
  // Whoever has read the error is gone by then, or drops it, as server-sent events want it.
  brokenEnd: 'data: {',
};

/** One JSON array, an element at a time: for clients that don't ask for server-sent events. */
function arrayFraming(): RecordFraming {
  let separator = '[';
  return {
    contentType: 'application/json; charset=utf-8',
    record(json) {
      const record = separator + json;
      separator = ',\n';
      return record;
    },
    end: ']',
    brokenEnd: ']',
  };
}
