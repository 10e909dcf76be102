/** `import-account` as `ImportAccount`: how constructs and outputs are named after functions. */
export function pascalCase(name: string): string {
  return name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
