/** What every chunk's text begins with, so that chunks can be counted in any dialect. */
export const chunkMark = 'tock@';
/** Behind the time that follows the mark. */
export const stampEnd = ';';

const responseId = '7f1d2c52-0000-4000-8000-00000000beef';
const textHead = `data: {"choices": [{"delta": {"role": "assistant", "content": "${chunkMark}`;
const textTail = `${stampEnd} and so on", "phase": "answer", "status": "typing"}}], "response_id": "${responseId}", "usage": {"input_tokens": 812, "output_tokens": 145, "characters": 0, "total_tokens": 957, "input_tokens_details": {"text_tokens": 812}, "output_tokens_details": {"text_tokens": 145}}, "timestamp": 1795276800}\n\n`;

/** A call's text around the file's, as it stands in a frame's JSON. */
const openedCall = JSON.stringify(
  '[tool_call]\n{"name": "write_file", "arguments": {"path": "a.txt", "content": "',
).slice(1, -1);
const closedCall = JSON.stringify('"}}\n[/tool_call]').slice(1, -1);

/** The frame that opens an answer, in the recorded spelling (qwen-web §4.3). */
export const createdFrame = `data: {"response.created":{"chat_id": "bench", "parent_id": "bench", "response_id":"${responseId}", "response_index": "0"}}\n\n`;

/** The frame that ends an answer. */
export const finishFrame = `data: {"choices": [{"delta": {"content": "", "role": "assistant", "status": "finished", "phase": "answer"}}], "response_id": "${responseId}"}\n\n`;

/** The frames around the chunks that make them the text of a file in a tool's call. */
export const callFrames = {
  open: textFrame(0)
    .replace(chunkMark, () => openedCall)
    .replace(`0${stampEnd} and so on`, ''),
  close: textFrame(0)
    .replace(chunkMark, () => closedCall)
    .replace(`0${stampEnd} and so on`, ''),
} as const;

/** @param stamp microseconds of the machine's monotonic clock, or 0 where nobody looks at it. */
export function textFrame(stamp: number): string {
  return textHead + stamp + textTail;
}

/** Microseconds of a clock that all processes of the machine share. */
export function monotonicMicroseconds(): number {
  return Number(process.hrtime.bigint() / 1000n);
}
