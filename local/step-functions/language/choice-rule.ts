import { isRecord } from '../../is-record.ts';
import { type Data, findPath, readPath } from './path.ts';
import { runtimeError } from './state-error.ts';

/** A rule of a Choice state, as the definition has it. */
export type ChoiceRule = Readonly<Record<string, unknown>>;

const comparison =
  /^(String|Numeric|Boolean|Timestamp)(Equals|LessThanEquals|GreaterThanEquals|LessThan|GreaterThan)(Path)?$/;
const typeNames = { String: 'string', Numeric: 'number', Boolean: 'boolean', Timestamp: 'string' } as const;
const typeTests = new Set(['IsPresent', 'IsNull', 'IsString', 'IsNumeric', 'IsBoolean']);

/** Whether every operator of a rule is one that can be judged here. */
export function isKnownRule(rule: unknown): rule is ChoiceRule {
  if (!isRecord(rule)) return false;
  const { And, Or, Not } = rule;
  if (And !== undefined) return Array.isArray(And) && And.every(isKnownRule);
  if (Or !== undefined) return Array.isArray(Or) && Or.every(isKnownRule);
  if (Not !== undefined) return isKnownRule(Not);
  return typeof rule.Variable === 'string' && operatorOf(rule) !== undefined;
}

/** Judges a rule. @throws StateError States.Runtime when its variable is not there and it doesn't ask whether it is. */
export function holds(rule: ChoiceRule, data: Data): boolean {
  const { And, Or, Not, Variable } = rule;
  if (Array.isArray(And)) return And.every((part: ChoiceRule) => holds(part, data));
  if (Array.isArray(Or)) return Or.some((part: ChoiceRule) => holds(part, data));
  if (isRecord(Not)) return !holds(Not, data);
  const operator = operatorOf(rule) ?? '';
  const path = String(Variable);
  const wanted = rule[operator];
  if (operator === 'IsPresent') return (findPath(path, data) !== undefined) === wanted;
  const actual = readPath(path, data);
  if (typeTests.has(operator)) return hasType(operator, actual) === wanted;
  return compare(operator, actual, operator.endsWith('Path') ? readPath(String(wanted), data) : wanted);
}

function operatorOf(rule: ChoiceRule): string | undefined {
  return Object.keys(rule).find((name) => comparison.test(name) || typeTests.has(name));
}

function hasType(operator: string, value: unknown): boolean {
  switch (operator) {
    case 'IsNull':
      return value === null;
    case 'IsString':
      return typeof value === 'string';
    case 'IsNumeric':
      return typeof value === 'number';
    default:
      return typeof value === 'boolean';
  }
}

/** Values of another type than the operator's compare to nothing. */
function compare(operator: string, actual: unknown, wanted: unknown): boolean {
  const [, type = '', relation] = comparison.exec(operator) ?? [];
  if (type !== 'String' && type !== 'Numeric' && type !== 'Boolean' && type !== 'Timestamp') {
    throw runtimeError(`${operator} is no comparison.`);
  }
  const typeName = typeNames[type];
  if (typeof actual !== typeName || typeof wanted !== typeName) return false;
  const order =
    type === 'Timestamp'
      ? difference(Date.parse(String(actual)), Date.parse(String(wanted)))
      : difference(actual, wanted);
  switch (relation) {
    case 'Equals':
      return order === 0;
    case 'LessThan':
      return order < 0;
    case 'GreaterThan':
      return order > 0;
    case 'LessThanEquals':
      return order <= 0;
    default:
      return order >= 0;
  }
}

function difference(left: unknown, right: unknown): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const [first, second] = [String(left), String(right)];
  return first === second ? 0 : first < second ? -1 : 1;
}
