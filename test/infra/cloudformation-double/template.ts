import { ServiceError } from './service-error.ts';

/** One resource of a template. */
export interface TemplateResource {
  readonly type: string;
  readonly properties: unknown;
  readonly dependsOn: readonly string[];
}

/** The parts of a template that a deployment goes by. */
export interface Template {
  readonly resources: ReadonlyMap<string, TemplateResource>;
  readonly parameters: ReadonlySet<string>;
  readonly outputs: ReadonlyMap<string, unknown>;
  /** As it came. */
  readonly text: string;
}

/** @throws ServiceError when the text is not a template. */
export function parseTemplate(text: string): Template {
  const body: unknown = JSON.parse(text);
  if (!isRecord(body) || !isRecord(body.Resources))
    throw new ServiceError('ValidationError', 'Template has no resources');
  return {
    resources: new Map(Object.entries(body.Resources).map(([id, resource]) => [id, readResource(id, resource)])),
    parameters: new Set(isRecord(body.Parameters) ? Object.keys(body.Parameters) : []),
    outputs: new Map(isRecord(body.Outputs) ? Object.entries(body.Outputs) : []),
    text,
  };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readResource(id: string, resource: unknown): TemplateResource {
  if (!isRecord(resource) || typeof resource.Type !== 'string') {
    throw new ServiceError('ValidationError', `Template resource ${id} has no type`);
  }
  return {
    type: resource.Type,
    properties: resource.Properties ?? {},
    dependsOn: [resource.DependsOn ?? []].flat().map(String),
  };
}
