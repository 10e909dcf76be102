import { StalledAnswerError } from '../chat/errors/answer-faults.ts';

/** Milliseconds kept for telling the caller and tidying up. */
const reserve = 5_000;

/** Ends the work for one request: when the function's time runs out, or when the caller has left. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** The caller has left. */
  abandon(): void;
  /** There is no point in going on. */
  end(reason: unknown): void;
  /** The work is done. */
  clear(): void;
}

/** @param remaining milliseconds until the function is stopped. */
export function startDeadline(remaining: number): Deadline {
  const controller = new AbortController();
  const timer = setTimeout(
    () => controller.abort(new StalledAnswerError('The answer took longer than this function may run.')),
    Math.max(0, remaining - reserve),
  );
  timer.unref();
  return {
    signal: controller.signal,
    abandon: () => controller.abort(new StalledAnswerError('The caller has left.')),
    end: (reason) => controller.abort(reason),
    clear: () => clearTimeout(timer),
  };
}
