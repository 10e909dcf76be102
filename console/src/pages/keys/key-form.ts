import type { Budget, ConversationMode, Key, KeyLimits, RouteGroup } from './key.ts';

export const rates = ['requests_per_minute', 'tokens_per_minute', 'in_flight'] as const;
export const amounts = ['requests', 'tokens', 'images', 'video_seconds'] as const;
export const periods = ['day', 'month'] as const;

/** What the form of a key holds: texts as they are typed, an empty one for none. */
export interface KeyForm {
  name: string;
  role: 'admin' | 'user';
  /** Local time as `2027-01-31T12:00`. */
  expires: string;
  /** Names with commas between them. */
  models: string;
  routes: RouteGroup[];
  conversations: ConversationMode | '';
  rates: Record<(typeof rates)[number], string>;
  day: Record<(typeof amounts)[number], string>;
  month: Record<(typeof amounts)[number], string>;
}

/** The form of a key, or of a new one. */
export function formOf(key?: Key): KeyForm {
  const limits = key?.limits;
  const text = (value: number | null | undefined) => (value === null || value === undefined ? '' : String(value));
  const budget = (given: Budget | null | undefined) => ({
    requests: text(given?.requests),
    tokens: text(given?.tokens),
    images: text(given?.images),
    video_seconds: text(given?.video_seconds),
  });
  return {
    name: key?.name ?? '',
    role: key?.role ?? 'user',
    expires: localTime(key?.expires_at ?? null),
    models: key?.models.join(', ') ?? '',
    routes: [...(key?.routes ?? [])],
    conversations: key?.conversations ?? '',
    rates: {
      requests_per_minute: text(limits?.requests_per_minute),
      tokens_per_minute: text(limits?.tokens_per_minute),
      in_flight: text(limits?.in_flight),
    },
    day: budget(limits?.day),
    month: budget(limits?.month),
  };
}

/**
 * The body that makes a key of the form, or changes one.
 *
 * @param before the form as it was: what has not changed is left out, so that nobody else's change is undone.
 */
export function bodyOf(form: KeyForm, before: KeyForm): Readonly<Record<string, unknown>> {
  const [now, then] = [fieldsOf(form), fieldsOf(before)];
  return Object.fromEntries(
    Object.entries(now).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(Reflect.get(then, name))),
  );
}

function fieldsOf(form: KeyForm) {
  const models = form.models.split(',').map((name) => name.trim());
  return {
    name: form.name.trim(),
    role: form.role,
    expires_at: form.expires === '' ? null : new Date(form.expires).toISOString(),
    models: models.filter((name) => name !== ''),
    routes: form.routes,
    conversations: form.conversations === '' ? null : form.conversations,
    limits: limitsOf(form),
  };
}

function limitsOf(form: KeyForm): KeyLimits | null {
  const limits = {
    requests_per_minute: numberOf(form.rates.requests_per_minute),
    tokens_per_minute: numberOf(form.rates.tokens_per_minute),
    in_flight: numberOf(form.rates.in_flight),
    day: budgetOf(form.day),
    month: budgetOf(form.month),
  };
  return Object.values(limits).every((value) => value === null) ? null : limits;
}

function budgetOf(texts: KeyForm['day']): Budget | null {
  const budget = {
    requests: numberOf(texts.requests),
    tokens: numberOf(texts.tokens),
    images: numberOf(texts.images),
    video_seconds: numberOf(texts.video_seconds),
  };
  return Object.values(budget).every((value) => value === null) ? null : budget;
}

/** The gateway says what is wrong with a number, so that none is made up here. */
function numberOf(text: string | number): number | null {
  const trimmed = String(text).trim();
  return trimmed === '' ? null : Number(trimmed);
}

/** As a field for local times holds it. */
function localTime(iso: string | null): string {
  if (iso === null) return '';
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
