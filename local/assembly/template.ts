import { readFile } from 'node:fs/promises';
import { settings } from '../../shared/settings.ts';
import { isRecord } from '../is-record.ts';
import { LocalRuntimeError } from '../local-runtime-error.ts';
import { bucketNames } from './bucket-names.ts';
import { type References, resolveValue } from './resolve-value.ts';
import { readMachines, type TemplateMachine } from './state-machine-definition.ts';
import { type TableDefinition, tableDefinition } from './table-definition.ts';
import { arnsOf } from './template-arns.ts';

/** What the local runtime takes from the synthesised stack. */
export interface Template {
  readonly tables: readonly TableDefinition[];
  readonly machines: readonly TemplateMachine[];
  /** The names of its buckets. */
  readonly buckets: readonly string[];
  /** Environment variables that the stack itself gives its functions, as TABLE_NAME. */
  readonly variables: Readonly<Record<string, string>>;
}

const tableTypes: ReadonlySet<unknown> = new Set(['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable']);

/** @throws LocalRuntimeError when the template has something that can't be had locally. */
export async function readTemplate(path: string): Promise<Template> {
  const content: unknown = JSON.parse(await readFile(path, 'utf8'));
  return parseTemplate(content);
}

/** @throws LocalRuntimeError when the template has something that can't be had locally. */
export function parseTemplate(content: unknown): Template {
  const resources = isRecord(content) && isRecord(content.Resources) ? content.Resources : {};
  const tables: TableDefinition[] = [];
  const buckets = bucketNames(resources);
  const names: Record<string, string> = { ...arnsOf(resources), ...buckets };
  for (const [logicalId, resource] of Object.entries(resources)) {
    if (!isRecord(resource) || !tableTypes.has(resource.Type)) continue;
    const table = tableDefinition(logicalId, resource.Properties);
    names[logicalId] = table.name;
    tables.push(table);
  }
  if (tables.length === 0) throw new LocalRuntimeError('The synthesised template has no table.');
  return {
    tables,
    machines: readMachines(resources, names),
    buckets: Object.values(buckets),
    variables: functionVariables(resources, names),
  };
}

/**
 * All functions of the stack share their variables. Settings are left out, since the laptop has its own, and so is what
 * only AWS can resolve, as the secret of an edge that a laptop does not have.
 */
function functionVariables(resources: Record<string, unknown>, names: References): Readonly<Record<string, string>> {
  const variables: Record<string, string> = {};
  for (const resource of Object.values(resources)) {
    if (!isRecord(resource) || resource.Type !== 'AWS::Lambda::Function') continue;
    const properties = isRecord(resource.Properties) ? resource.Properties : {};
    const environment = isRecord(properties.Environment) ? properties.Environment : {};
    const given = isRecord(environment.Variables) ? environment.Variables : {};
    for (const [name, value] of Object.entries(given)) {
      const resolved = Object.hasOwn(settings, name) ? undefined : resolveValue(value, names);
      if (resolved !== undefined) variables[name] = resolved;
    }
  }
  return variables;
}
