/** Epoch seconds end here, and milliseconds begin. */
const firstMilliseconds = 100_000_000_000;

/** The upstream keeps times in seconds; some of its clients have sent milliseconds (qwen-web §4.1). */
export function milliseconds(time: number | undefined): number | undefined {
  return time === undefined || time >= firstMilliseconds ? time : time * 1000;
}
