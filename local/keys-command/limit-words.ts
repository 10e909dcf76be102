import { splitList } from '../../shared/read-settings.ts';
import { keyWords } from './key-line.ts';

const form = /^(?:(day|month)\.)?([a-z_]+)=(\d{1,15})$/;

/** Reads `in_flight=4,day.tokens=1000` as the admin API takes it; the gateway itself says which names there are. */
export function readLimitWords(text: string): object | null {
  if (text === '') return null;
  const limits: Record<string, unknown> = {};
  const budgets: Record<string, Record<string, number>> = {};
  for (const word of splitList(text)) {
    const [, period, name = '', amount] = form.exec(word) ?? [];
    if (amount === undefined) throw keyWords.wrong(`--limits can't be read at '${word}'.`);
    if (period === undefined) limits[name] = Number(amount);
    else budgets[period] = { ...budgets[period], [name]: Number(amount) };
  }
  return { ...limits, ...budgets };
}

/** The same, the other way round; `undefined` for none. */
export function writeLimitWords(limits: unknown): string | undefined {
  const words = wordsOf(limits, '');
  return words.length === 0 ? undefined : words.join(',');
}

function wordsOf(value: unknown, prefix: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, amount]) =>
    typeof amount === 'number' ? [`${prefix}${name}=${amount}`] : wordsOf(amount, `${prefix}${name}.`),
  );
}
