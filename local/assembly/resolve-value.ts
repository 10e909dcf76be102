import { isRecord } from '../is-record.ts';

/** What a template's references give: `Ref` under the logical id, `Fn::GetAtt` under `<logical id>.<attribute>`. */
export type References = Readonly<Record<string, string>>;

/** What CloudFormation knows without any resource. */
const pseudoParameters: Readonly<Record<string, string>> = {
  'AWS::Region': 'us-east-1',
  'AWS::AccountId': '000000000000',
  'AWS::Partition': 'aws',
  'AWS::StackName': 'QwenGateway',
  'AWS::URLSuffix': 'amazonaws.com',
};

/**
 * Resolves a template's value to text: literals, `Ref`, `Fn::GetAtt` and `Fn::Join`.
 *
 * @returns `undefined` for what only AWS can resolve.
 */
export function resolveValue(value: unknown, names: References): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (!isRecord(value)) return undefined;
  const { Ref: reference, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value;
  if (typeof reference === 'string') return names[reference] ?? pseudoParameters[reference];
  if (Array.isArray(attribute)) return names[attribute.join('.')];
  if (!Array.isArray(join) || typeof join[0] !== 'string' || !Array.isArray(join[1])) return undefined;
  const parts = join[1].map((part) => resolveValue(part, names));
  return parts.includes(undefined) ? undefined : parts.join(join[0]);
}
