import { isRecord } from '../is-record.ts';
import { LocalRuntimeError } from '../local-runtime-error.ts';
import { resolveValue } from './resolve-value.ts';

export interface KeyElement {
  readonly AttributeName: string;
  readonly KeyType: 'HASH' | 'RANGE';
}

export interface TableIndex {
  readonly IndexName: string;
  readonly KeySchema: KeyElement[];
  readonly Projection: {
    readonly ProjectionType: 'ALL' | 'KEYS_ONLY' | 'INCLUDE';
    readonly NonKeyAttributes?: string[];
  };
}

/** One table of the template, in the words of DynamoDB's CreateTable. */
export interface TableDefinition {
  readonly name: string;
  readonly attributes: { readonly AttributeName: string; readonly AttributeType: 'S' | 'N' | 'B' }[];
  readonly keySchema: KeyElement[];
  readonly globalIndexes: TableIndex[];
  readonly localIndexes: TableIndex[];
  /** Holds the epoch second after which an item may be deleted. */
  readonly ttlAttribute?: string;
}

/**
 * @param logicalId is the table's name, unless the template gives one.
 * @throws LocalRuntimeError when the table depends on something that only AWS can resolve.
 */
export function tableDefinition(logicalId: string, properties: unknown): TableDefinition {
  const given = isRecord(properties) ? properties : {};
  const ttl = given.TimeToLiveSpecification;
  const ttlAttribute = isRecord(ttl) && ttl.Enabled === true ? textOf(ttl.AttributeName, logicalId) : undefined;
  return {
    name: given.TableName === undefined ? logicalId : textOf(given.TableName, logicalId),
    attributes: records(given.AttributeDefinitions).map((attribute) => ({
      AttributeName: textOf(attribute.AttributeName, logicalId),
      AttributeType: attribute.AttributeType === 'N' ? 'N' : attribute.AttributeType === 'B' ? 'B' : 'S',
    })),
    keySchema: keySchema(given.KeySchema, logicalId),
    globalIndexes: records(given.GlobalSecondaryIndexes).map((index) => tableIndex(index, logicalId)),
    localIndexes: records(given.LocalSecondaryIndexes).map((index) => tableIndex(index, logicalId)),
    ...(ttlAttribute === undefined ? {} : { ttlAttribute }),
  };
}

function tableIndex(index: Record<string, unknown>, logicalId: string): TableIndex {
  const projection = isRecord(index.Projection) ? index.Projection : {};
  const type = projection.ProjectionType;
  const attributes = projection.NonKeyAttributes;
  return {
    IndexName: textOf(index.IndexName, logicalId),
    KeySchema: keySchema(index.KeySchema, logicalId),
    Projection: {
      ProjectionType: type === 'KEYS_ONLY' || type === 'INCLUDE' ? type : 'ALL',
      ...(Array.isArray(attributes) ? { NonKeyAttributes: attributes.map((name) => textOf(name, logicalId)) } : {}),
    },
  };
}

function keySchema(given: unknown, logicalId: string): KeyElement[] {
  return records(given).map((element) => ({
    AttributeName: textOf(element.AttributeName, logicalId),
    KeyType: element.KeyType === 'RANGE' ? 'RANGE' : 'HASH',
  }));
}

function records(given: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(given) ? given.filter(isRecord) : [];
}

function textOf(value: unknown, logicalId: string): string {
  const text = resolveValue(value, {});
  if (text !== undefined) return text;
  throw new LocalRuntimeError(
    `The table ${logicalId} holds a value that only AWS can resolve: ${JSON.stringify(value)}`,
  );
}
