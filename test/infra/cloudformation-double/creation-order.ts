import { referencesOf } from './references.ts';
import { ServiceError } from './service-error.ts';
import type { Template } from './template.ts';

/**
 * The resources of a template, each after those that it needs.
 *
 * @throws ServiceError when something refers to nothing, or two resources need each other.
 */
export function creationOrder(template: Template): readonly string[] {
  const order = new Set<string>();
  const visit = (id: string, path: readonly string[]): void => {
    if (order.has(id)) return;
    if (path.includes(id)) {
      throw new ServiceError('ValidationError', `Circular dependency between resources: [${[...path, id].join(', ')}]`);
    }
    for (const needed of neededBy(template, id)) visit(needed, [...path, id]);
    order.add(id);
  };
  for (const id of template.resources.keys()) visit(id, []);
  for (const [name, output] of template.outputs) resolvable(template, referencesOf(output), `output ${name}`);
  return [...order];
}

function neededBy(template: Template, id: string): string[] {
  const resource = template.resources.get(id);
  const names = new Set([...referencesOf(resource?.properties), ...(resource?.dependsOn ?? [])]);
  return resolvable(template, names, `resource ${id}`);
}

/** The resources among some names. */
function resolvable(template: Template, names: ReadonlySet<string>, where: string): string[] {
  for (const name of names) {
    if (template.resources.has(name) || template.parameters.has(name) || name.startsWith('AWS::')) continue;
    throw new ServiceError('ValidationError', `Unresolved dependency [${name}] in ${where}`);
  }
  return [...names].filter((name) => template.resources.has(name));
}
