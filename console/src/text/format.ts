import type { Language } from './languages.ts';

const steps = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3600 },
  { unit: 'minute', seconds: 60 },
  { unit: 'second', seconds: 1 },
] as const;

/** A number with the separators of a language. */
export function formatNumber(language: Language, value: number, options: Intl.NumberFormatOptions = {}): string {
  return new Intl.NumberFormat(language, options).format(value);
}

/** A large number in few characters, as `12.3K`. */
export function formatCompact(language: Language, value: number): string {
  return formatNumber(language, value, { notation: 'compact', maximumFractionDigits: 1 });
}

/** Day and time of an ISO time; a dash when there is none. */
export function formatTime(language: Language, iso: string | null | undefined): string {
  if (iso === null || iso === undefined) return '–';
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));
}

/** How far a time is away, in its largest unit: as "in 5 minutes", "2 hours ago". @param now epoch milliseconds. */
export function formatDistance(language: Language, iso: string | null | undefined, now: number): string {
  if (iso === null || iso === undefined) return '–';
  const seconds = Math.round((Date.parse(iso) - now) / 1000);
  const step = steps.find((one) => Math.abs(seconds) >= one.seconds) ?? steps[3];
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  return format.format(Math.trunc(seconds / step.seconds), step.unit);
}

/** What is left until a time, as `1:02:09` or `0:09`; `undefined` when it is over. @param now epoch milliseconds. */
export function formatCountdown(iso: string, now: number): string | undefined {
  const seconds = Math.ceil((Date.parse(iso) - now) / 1000);
  if (seconds <= 0) return undefined;
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** Milliseconds for people, as `4 ms`, `0.4 s` or `3 min 5 s`. */
export function formatDuration(language: Language, milliseconds: number): string {
  const unit = (value: number, name: 'millisecond' | 'second' | 'minute', digits = 0) =>
    formatNumber(language, value, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits });
  if (milliseconds < 100) return unit(milliseconds, 'millisecond');
  const seconds = milliseconds / 1000;
  if (seconds < 59.5) return unit(seconds, 'second', seconds < 10 ? 2 : 0);
  const whole = Math.round(seconds);
  return `${unit(Math.floor(whole / 60), 'minute')} ${unit(whole % 60, 'second')}`;
}
