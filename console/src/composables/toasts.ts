import { shallowReactive } from 'vue';

/** A short message that goes by itself. */
export interface Toast {
  readonly id: number;
  readonly tone: 'good' | 'bad';
  readonly words: string;
}

/** Milliseconds; what went wrong takes longer to read. */
const lifetimes = { good: 4000, bad: 9000 } as const;

/** What is shown now, oldest first. */
export const toasts = shallowReactive<Toast[]>([]);
let last = 0;

/** Tells that something was done. */
export function tell(words: string): void {
  show('good', words);
}

/** Tells what went wrong, in the words of whoever said so. */
export function tellError(error: unknown): void {
  show('bad', error instanceof Error ? error.message : String(error));
}

export function dismiss(id: number): void {
  const place = toasts.findIndex((toast) => toast.id === id);
  if (place >= 0) toasts.splice(place, 1);
}

function show(tone: Toast['tone'], words: string): void {
  last += 1;
  const id = last;
  toasts.push({ id, tone, words });
  setTimeout(() => dismiss(id), lifetimes[tone]);
}
