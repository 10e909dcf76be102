import { isRecord } from './template.ts';

/** What the double knows while it resolves a value. */
export interface ResolutionScope {
  readonly account: string;
  readonly region: string;
  readonly stackName: string;
  /** Physical ids by logical id. */
  readonly physicalIds: ReadonlyMap<string, string>;
}

/** A value of a template as the text that CloudFormation would print for it, with invented attributes. */
export function resolveText(value: unknown, scope: ResolutionScope): string {
  if (!isRecord(value)) return String(value);
  const [name, argument] = Object.entries(value)[0] ?? [];
  const items: readonly unknown[] = Array.isArray(argument) ? argument : [];
  switch (name) {
    case 'Ref':
      return resolveReference(String(argument), scope);
    case 'Fn::GetAtt':
      return attributeOf(String(items[0]), String(items[1]), scope);
    case 'Fn::Join': {
      const parts: readonly unknown[] = Array.isArray(items[1]) ? items[1] : [];
      return parts.map((part) => resolveText(part, scope)).join(String(items[0]));
    }
    case 'Fn::Sub':
      return String(argument).replaceAll(/\$\{([^}]+)\}/g, (_, inner: string) => resolveReference(inner, scope));
    default:
      return JSON.stringify(value);
  }
}

function resolveReference(name: string, { account, region, stackName, physicalIds }: ResolutionScope): string {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': account,
    'AWS::Partition': 'aws',
    'AWS::Region': region,
    'AWS::StackName': stackName,
    'AWS::URLSuffix': 'amazonaws.com',
  };
  return pseudo[name] ?? physicalIds.get(name) ?? name;
}

function attributeOf(logicalId: string, attribute: string, { region, physicalIds }: ResolutionScope): string {
  const id = (physicalIds.get(logicalId) ?? logicalId).toLowerCase();
  if (attribute === 'FunctionUrl') return `https://${id}.lambda-url.${region}.on.aws/`;
  if (attribute === 'DomainName') return `${id}.cloudfront.net`;
  return `${id}.${attribute}`;
}
