/** A map, since the model's words may also be the names of what every object inherits. */
const words: ReadonlyMap<string, string> = new Map([
  ['true', 'true'],
  ['false', 'false'],
  ['null', 'null'],
  ['none', 'null'],
  ['nil', 'null'],
  ['undefined', 'null'],
]);

const strictNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const looseNumber = /^([+-]?)(\d*)(?:\.(\d*))?([eE][+-]?\d+)?$/;
const otherBase = /^0(?:x[\da-f]+|o[0-7]+|b[01]+)$/i;

/** Writes a word as JSON has it: `True`, `None`, `.5` and `0x1F` too. @returns `undefined` for any other word. */
export function strictLiteral(text: string): string | undefined {
  if (strictNumber.test(text)) return text;
  const word = words.get(text.toLowerCase());
  if (word !== undefined) return word;
  const digits = text.replaceAll('_', '');
  if (otherBase.test(digits)) return String(Number(digits));
  const [, sign = '', whole = '', fraction = '', exponent = ''] = looseNumber.exec(digits) ?? [];
  if (whole === '' && fraction === '') return undefined;
  const units = whole.replace(/^0+(?=\d)/, '') || '0';
  return `${sign === '-' ? '-' : ''}${units}${fraction === '' ? '' : `.${fraction}`}${exponent}`;
}

/** Whether the text is a number, as JSON writes it. */
export function isNumber(text: string): boolean {
  return strictNumber.test(text);
}
