import { isRecord } from './template.ts';

/** The names that a value refers to by Ref, Fn::GetAtt and Fn::Sub: resources, parameters and pseudo parameters. */
export function referencesOf(value: unknown): Set<string> {
  const found = new Set<string>();
  collect(value, found);
  return found;
}

function collect(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, found);
    return;
  }
  if (!isRecord(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    for (const name of directReferences(key, inner)) found.add(name);
    collect(inner, found);
  }
}

function directReferences(key: string, inner: unknown): string[] {
  if (key === 'Ref') return [String(inner)];
  if (key === 'Fn::GetAtt') return [Array.isArray(inner) ? String(inner[0]) : (String(inner).split('.')[0] ?? '')];
  if (key === 'Fn::Sub') return substitutions(inner);
  return [];
}

function substitutions(inner: unknown): string[] {
  const [text, own]: unknown[] = Array.isArray(inner) ? inner : [inner];
  const ownNames = isRecord(own) ? Object.keys(own) : [];
  const names = [...String(text).matchAll(/\$\{([^!}][^}]*)\}/g)].map((match) => match[1] ?? '');
  return names.filter((name) => !ownNames.includes(name)).map((name) => name.split('.')[0] ?? '');
}
