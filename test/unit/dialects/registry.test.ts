import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dialects } from '../../../shared/dialects/registry.ts';
import { routes } from '../../../shared/routes.ts';

const settings = { outputThinking: true, searchInfoMode: 'annotations', defaultModel: 'qwen3.7-plus' } as const;
const folder = new URL('../../../shared/dialects/', import.meta.url);
const entries = Object.entries(dialects);

describe('the registry', () => {
  it('holds every dialect that a route speaks, and nothing else', () => {
    const spoken = new Set(routes.map(({ dialect }) => dialect));
    expect(Object.keys(dialects).toSorted()).toEqual([...spoken].toSorted());
  });

  it('has a folder for each dialect and an entry for each folder', () => {
    const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).toSorted()).toEqual(Object.keys(dialects).toSorted());
  });
});

describe.each(entries)('the dialect %s', (name, { create }) => {
  it('has its files', () => {
    for (const file of [`${name}.ts`, 'read-request.ts']) {
      expect(existsSync(new URL(`${name}/${file}`, folder)), file).toBe(true);
    }
  });

  it('knows no upstream and no account', () => {
    for (const file of readdirSync(new URL(`${name}/`, folder))) {
      const source = readFileSync(new URL(`${name}/${file}`, folder), 'utf8');
      expect(source, file).not.toMatch(/from '.*\/(upstreams|accounts|relay|store|http|functions|tools)\//);
    }
  });

  it('bears its name', () => {
    expect(create(settings).name).toBe(name);
  });
});
